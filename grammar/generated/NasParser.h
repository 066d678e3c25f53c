
// Generated from Nas.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace nas::grammar {


class  NasParser : public antlr4::Parser {
public:
  enum {
    NUMBER = 1, STRING = 2, OPEN_STRING = 3, WORD = 4, LINE_END = 5, COMMENT = 6, 
    BLANK = 7, OPEN_PAREN = 8, CLOSE_PAREN = 9, OPEN_LIST = 10, CLOSE_LIST = 11, 
    OPEN_BRACE = 12, CLOSE_BRACE = 13, COMMA = 14, ASSIGN = 15, COLON = 16, 
    DOT = 17, AT = 18, DOTS = 19, POWER = 20, PLUS = 21, MINUS = 22, TIMES = 23, 
    DIVIDE = 24, MODULO = 25, LESS = 26, LESS_EQUAL = 27, GREATER = 28, 
    GREATER_EQUAL = 29, EQUAL = 30, UNEQUAL = 31, STRAY = 32, NAME = 33, 
    NL = 34, BAD = 35, NAS = 36, IMPORT = 37, SEED = 38, LET = 39, PARAM = 40, 
    REQUIRE = 41, SHOW = 42, DEF = 43, DEF_SPACE = 44, FOREACH = 45, WHEN = 46, 
    OTHERWISE = 47, IF = 48, ELSE = 49, STAGE = 50, CLAUSE = 51, AS = 52, 
    IN = 53, STEP = 54, MAXIMIZE = 55, MINIMIZE = 56, RULE = 57, SPELLING = 58, 
    REPEAT = 59, CHOICE = 60, COND = 61, THEN = 62, AND = 63, OR = 64, NOT = 65, 
    TRUE = 66, FALSE = 67
  };

  enum {
    RuleScript = 0, RuleHole = 1, RuleStatement = 2, RuleBody = 3, RuleVersion = 4, 
    RuleImporting = 5, RuleSeed = 6, RuleLet = 7, RuleParam = 8, RuleRequire = 9, 
    RuleShow = 10, RuleDef = 11, RuleParameters = 12, RuleParameter = 13, 
    RuleForeach = 14, RuleBranch = 15, RuleWhen = 16, RuleStage = 17, RuleOperands = 18, 
    RuleOperand = 19, RuleClause = 20, RuleSettings = 21, RuleSetting = 22, 
    RuleSpaceBody = 23, RuleSpaceItem = 24, RuleBind = 25, RuleSharedRule = 26, 
    RuleSpelling = 27, RuleSpaceBranch = 28, RuleExpr = 29, RuleInfix = 30, 
    RuleTerm = 31, RuleSuffix = 32, RuleArgument = 33, RuleAtom = 34, RuleArm = 35
  };

  NasParser(antlr4::TokenStream *input);
  ~NasParser();

  virtual std::string getGrammarFileName() const override;
  virtual const antlr4::atn::ATN& getATN() const override { return _atn; };
  virtual const std::vector<std::string>& getTokenNames() const override { return _tokenNames; }; // deprecated: use vocabulary instead.
  virtual const std::vector<std::string>& getRuleNames() const override;
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;


  class ScriptContext;
  class HoleContext;
  class StatementContext;
  class BodyContext;
  class VersionContext;
  class ImportingContext;
  class SeedContext;
  class LetContext;
  class ParamContext;
  class RequireContext;
  class ShowContext;
  class DefContext;
  class ParametersContext;
  class ParameterContext;
  class ForeachContext;
  class BranchContext;
  class WhenContext;
  class StageContext;
  class OperandsContext;
  class OperandContext;
  class ClauseContext;
  class SettingsContext;
  class SettingContext;
  class SpaceBodyContext;
  class SpaceItemContext;
  class BindContext;
  class SharedRuleContext;
  class SpellingContext;
  class SpaceBranchContext;
  class ExprContext;
  class InfixContext;
  class TermContext;
  class SuffixContext;
  class ArgumentContext;
  class AtomContext;
  class ArmContext; 

  class  ScriptContext : public antlr4::ParserRuleContext {
  public:
    ScriptContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *EOF();
    std::vector<antlr4::tree::TerminalNode *> NL();
    antlr4::tree::TerminalNode* NL(size_t i);
    std::vector<StatementContext *> statement();
    StatementContext* statement(size_t i);

   
  };

  ScriptContext* script();

  class  HoleContext : public antlr4::ParserRuleContext {
  public:
    HoleContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();
    antlr4::tree::TerminalNode *EOF();

   
  };

  HoleContext* hole();

  class  StatementContext : public antlr4::ParserRuleContext {
  public:
    StatementContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    VersionContext *version();
    ImportingContext *importing();
    SeedContext *seed();
    LetContext *let();
    ParamContext *param();
    RequireContext *require();
    ShowContext *show();
    DefContext *def();
    ForeachContext *foreach();
    BranchContext *branch();
    WhenContext *when();
    StageContext *stage();

   
  };

  StatementContext* statement();

  class  BodyContext : public antlr4::ParserRuleContext {
  public:
    BodyContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *OPEN_BRACE();
    antlr4::tree::TerminalNode *CLOSE_BRACE();
    std::vector<antlr4::tree::TerminalNode *> NL();
    antlr4::tree::TerminalNode* NL(size_t i);
    std::vector<StatementContext *> statement();
    StatementContext* statement(size_t i);

   
  };

  BodyContext* body();

  class  VersionContext : public antlr4::ParserRuleContext {
  public:
    VersionContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NAS();
    antlr4::tree::TerminalNode *NUMBER();

   
  };

  VersionContext* version();

  class  ImportingContext : public antlr4::ParserRuleContext {
  public:
    ImportingContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IMPORT();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *AS();
    antlr4::tree::TerminalNode *NAME();

   
  };

  ImportingContext* importing();

  class  SeedContext : public antlr4::ParserRuleContext {
  public:
    SeedContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SEED();
    ExprContext *expr();

   
  };

  SeedContext* seed();

  class  LetContext : public antlr4::ParserRuleContext {
  public:
    LetContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *LET();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  LetContext* let();

  class  ParamContext : public antlr4::ParserRuleContext {
  public:
    ParamContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *PARAM();
    std::vector<antlr4::tree::TerminalNode *> NAME();
    antlr4::tree::TerminalNode* NAME(size_t i);
    antlr4::tree::TerminalNode *COLON();
    antlr4::tree::TerminalNode *ASSIGN();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *IN();
    antlr4::tree::TerminalNode *STRING();

   
  };

  ParamContext* param();

  class  RequireContext : public antlr4::ParserRuleContext {
  public:
    RequireContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *REQUIRE();
    ExprContext *expr();
    antlr4::tree::TerminalNode *COMMA();
    antlr4::tree::TerminalNode *STRING();

   
  };

  RequireContext* require();

  class  ShowContext : public antlr4::ParserRuleContext {
  public:
    ShowContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SHOW();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ShowContext* show();

  class  DefContext : public antlr4::ParserRuleContext {
  public:
    DefContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *DEF();
    antlr4::tree::TerminalNode *DEF_SPACE();
    antlr4::tree::TerminalNode *NAME();
    SpaceBodyContext *spaceBody();
    ParametersContext *parameters();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  DefContext* def();

  class  ParametersContext : public antlr4::ParserRuleContext {
  public:
    ParametersContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *OPEN_PAREN();
    antlr4::tree::TerminalNode *CLOSE_PAREN();
    std::vector<ParameterContext *> parameter();
    ParameterContext* parameter(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  ParametersContext* parameters();

  class  ParameterContext : public antlr4::ParserRuleContext {
  public:
    ParameterContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<antlr4::tree::TerminalNode *> NAME();
    antlr4::tree::TerminalNode* NAME(size_t i);
    antlr4::tree::TerminalNode *COLON();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  ParameterContext* parameter();

  class  ForeachContext : public antlr4::ParserRuleContext {
  public:
    ForeachContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *FOREACH();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *IN();
    ExprContext *expr();
    BodyContext *body();

   
  };

  ForeachContext* foreach();

  class  BranchContext : public antlr4::ParserRuleContext {
  public:
    BranchContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IF();
    ExprContext *expr();
    std::vector<BodyContext *> body();
    BodyContext* body(size_t i);
    antlr4::tree::TerminalNode *ELSE();
    BranchContext *branch();

   
  };

  BranchContext* branch();

  class  WhenContext : public antlr4::ParserRuleContext {
  public:
    WhenContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *WHEN();
    ExprContext *expr();
    std::vector<BodyContext *> body();
    BodyContext* body(size_t i);
    antlr4::tree::TerminalNode *OTHERWISE();

   
  };

  WhenContext* when();

  class  StageContext : public antlr4::ParserRuleContext {
  public:
    StageContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *STAGE();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();
    OperandsContext *operands();
    std::vector<ClauseContext *> clause();
    ClauseContext* clause(size_t i);
    SettingsContext *settings();

   
  };

  StageContext* stage();

  class  OperandsContext : public antlr4::ParserRuleContext {
  public:
    OperandsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<OperandContext *> operand();
    OperandContext* operand(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);

   
  };

  OperandsContext* operands();

  class  OperandContext : public antlr4::ParserRuleContext {
  public:
    OperandContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();
    antlr4::tree::TerminalNode *MAXIMIZE();
    antlr4::tree::TerminalNode *MINIMIZE();

   
  };

  OperandContext* operand();

  class  ClauseContext : public antlr4::ParserRuleContext {
  public:
    ClauseContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    OperandsContext *operands();
    antlr4::tree::TerminalNode *CLAUSE();
    antlr4::tree::TerminalNode *AS();

   
  };

  ClauseContext* clause();

  class  SettingsContext : public antlr4::ParserRuleContext {
  public:
    SettingsContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *OPEN_BRACE();
    antlr4::tree::TerminalNode *CLOSE_BRACE();
    std::vector<SettingContext *> setting();
    SettingContext* setting(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NL();
    antlr4::tree::TerminalNode* NL(size_t i);

   
  };

  SettingsContext* settings();

  class  SettingContext : public antlr4::ParserRuleContext {
  public:
    SettingContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  SettingContext* setting();

  class  SpaceBodyContext : public antlr4::ParserRuleContext {
  public:
    SpaceBodyContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *OPEN_BRACE();
    antlr4::tree::TerminalNode *CLOSE_BRACE();
    std::vector<antlr4::tree::TerminalNode *> NL();
    antlr4::tree::TerminalNode* NL(size_t i);
    std::vector<SpaceItemContext *> spaceItem();
    SpaceItemContext* spaceItem(size_t i);

   
  };

  SpaceBodyContext* spaceBody();

  class  SpaceItemContext : public antlr4::ParserRuleContext {
  public:
    SpaceItemContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    BindContext *bind();
    SharedRuleContext *sharedRule();
    SpellingContext *spelling();
    RequireContext *require();
    LetContext *let();
    SpaceBranchContext *spaceBranch();
    ExprContext *expr();

   
  };

  SpaceItemContext* spaceItem();

  class  BindContext : public antlr4::ParserRuleContext {
  public:
    BindContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  BindContext* bind();

  class  SharedRuleContext : public antlr4::ParserRuleContext {
  public:
    SharedRuleContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *RULE();
    antlr4::tree::TerminalNode *NAME();
    ParametersContext *parameters();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();

   
  };

  SharedRuleContext* sharedRule();

  class  SpellingContext : public antlr4::ParserRuleContext {
  public:
    SpellingContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *SPELLING();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();
    ExprContext *expr();
    SettingsContext *settings();

   
  };

  SpellingContext* spelling();

  class  SpaceBranchContext : public antlr4::ParserRuleContext {
  public:
    SpaceBranchContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *IF();
    ExprContext *expr();
    std::vector<SpaceBodyContext *> spaceBody();
    SpaceBodyContext* spaceBody(size_t i);
    antlr4::tree::TerminalNode *ELSE();
    SpaceBranchContext *spaceBranch();

   
  };

  SpaceBranchContext* spaceBranch();

  class  ExprContext : public antlr4::ParserRuleContext {
  public:
    ExprContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *COND();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *THEN();
    antlr4::tree::TerminalNode *ELSE();
    std::vector<TermContext *> term();
    TermContext* term(size_t i);
    std::vector<InfixContext *> infix();
    InfixContext* infix(size_t i);

   
  };

  ExprContext* expr();

  class  InfixContext : public antlr4::ParserRuleContext {
  public:
    InfixContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *AND();
    antlr4::tree::TerminalNode *OR();
    antlr4::tree::TerminalNode *PLUS();
    antlr4::tree::TerminalNode *MINUS();
    antlr4::tree::TerminalNode *TIMES();
    antlr4::tree::TerminalNode *DIVIDE();
    antlr4::tree::TerminalNode *MODULO();
    antlr4::tree::TerminalNode *POWER();
    antlr4::tree::TerminalNode *LESS();
    antlr4::tree::TerminalNode *LESS_EQUAL();
    antlr4::tree::TerminalNode *GREATER();
    antlr4::tree::TerminalNode *GREATER_EQUAL();
    antlr4::tree::TerminalNode *EQUAL();
    antlr4::tree::TerminalNode *UNEQUAL();
    antlr4::tree::TerminalNode *DOTS();
    antlr4::tree::TerminalNode *STEP();

   
  };

  InfixContext* infix();

  class  TermContext : public antlr4::ParserRuleContext {
  public:
    TermContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    AtomContext *atom();
    std::vector<SuffixContext *> suffix();
    SuffixContext* suffix(size_t i);
    std::vector<antlr4::tree::TerminalNode *> MINUS();
    antlr4::tree::TerminalNode* MINUS(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NOT();
    antlr4::tree::TerminalNode* NOT(size_t i);

   
  };

  TermContext* term();

  class  SuffixContext : public antlr4::ParserRuleContext {
  public:
    SuffixContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *DOT();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *AT();
    antlr4::tree::TerminalNode *OPEN_PAREN();
    antlr4::tree::TerminalNode *CLOSE_PAREN();
    std::vector<ArgumentContext *> argument();
    ArgumentContext* argument(size_t i);
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *OPEN_LIST();
    antlr4::tree::TerminalNode *CLOSE_LIST();
    antlr4::tree::TerminalNode *TIMES();
    ExprContext *expr();

   
  };

  SuffixContext* suffix();

  class  ArgumentContext : public antlr4::ParserRuleContext {
  public:
    ArgumentContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    ExprContext *expr();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *ASSIGN();

   
  };

  ArgumentContext* argument();

  class  AtomContext : public antlr4::ParserRuleContext {
  public:
    AtomContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    antlr4::tree::TerminalNode *NUMBER();
    antlr4::tree::TerminalNode *STRING();
    antlr4::tree::TerminalNode *TRUE();
    antlr4::tree::TerminalNode *FALSE();
    antlr4::tree::TerminalNode *NAME();
    antlr4::tree::TerminalNode *OPEN_PAREN();
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *CLOSE_PAREN();
    antlr4::tree::TerminalNode *OPEN_LIST();
    antlr4::tree::TerminalNode *CLOSE_LIST();
    std::vector<antlr4::tree::TerminalNode *> COMMA();
    antlr4::tree::TerminalNode* COMMA(size_t i);
    antlr4::tree::TerminalNode *CHOICE();
    antlr4::tree::TerminalNode *OPEN_BRACE();
    antlr4::tree::TerminalNode *CLOSE_BRACE();
    std::vector<ArmContext *> arm();
    ArmContext* arm(size_t i);
    std::vector<antlr4::tree::TerminalNode *> NL();
    antlr4::tree::TerminalNode* NL(size_t i);
    antlr4::tree::TerminalNode *REPEAT();
    SpaceBodyContext *spaceBody();
    antlr4::tree::TerminalNode *IN();

   
  };

  AtomContext* atom();

  class  ArmContext : public antlr4::ParserRuleContext {
  public:
    ArmContext(antlr4::ParserRuleContext *parent, size_t invokingState);
    virtual size_t getRuleIndex() const override;
    std::vector<ExprContext *> expr();
    ExprContext* expr(size_t i);
    antlr4::tree::TerminalNode *IF();

   
  };

  ArmContext* arm();


private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace nas::grammar
