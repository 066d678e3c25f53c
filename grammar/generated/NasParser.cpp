
// Generated from Nas.g4 by ANTLR 4.7.2



#include "NasParser.h"


using namespace antlrcpp;
using namespace nas::grammar;
using namespace antlr4;

NasParser::NasParser(TokenStream *input) : Parser(input) {
  _interpreter = new atn::ParserATNSimulator(this, _atn, _decisionToDFA, _sharedContextCache);
}

NasParser::~NasParser() {
  delete _interpreter;
}

std::string NasParser::getGrammarFileName() const {
  return "Nas.g4";
}

const std::vector<std::string>& NasParser::getRuleNames() const {
  return _ruleNames;
}

dfa::Vocabulary& NasParser::getVocabulary() const {
  return _vocabulary;
}


//----------------- ScriptContext ------------------------------------------------------------------

NasParser::ScriptContext::ScriptContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ScriptContext::EOF() {
  return getToken(NasParser::EOF, 0);
}

std::vector<tree::TerminalNode *> NasParser::ScriptContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::ScriptContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

std::vector<NasParser::StatementContext *> NasParser::ScriptContext::statement() {
  return getRuleContexts<NasParser::StatementContext>();
}

NasParser::StatementContext* NasParser::ScriptContext::statement(size_t i) {
  return getRuleContext<NasParser::StatementContext>(i);
}


size_t NasParser::ScriptContext::getRuleIndex() const {
  return NasParser::RuleScript;
}


NasParser::ScriptContext* NasParser::script() {
  ScriptContext *_localctx = _tracker.createInstance<ScriptContext>(_ctx, getState());
  enterRule(_localctx, 0, NasParser::RuleScript);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(78);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::NL)
      | (1ULL << NasParser::NAS)
      | (1ULL << NasParser::IMPORT)
      | (1ULL << NasParser::SEED)
      | (1ULL << NasParser::LET)
      | (1ULL << NasParser::PARAM)
      | (1ULL << NasParser::REQUIRE)
      | (1ULL << NasParser::SHOW)
      | (1ULL << NasParser::DEF)
      | (1ULL << NasParser::FOREACH)
      | (1ULL << NasParser::WHEN)
      | (1ULL << NasParser::IF)
      | (1ULL << NasParser::STAGE))) != 0)) {
      setState(76);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::NL: {
          setState(72);
          match(NasParser::NL);
          break;
        }

        case NasParser::NAS:
        case NasParser::IMPORT:
        case NasParser::SEED:
        case NasParser::LET:
        case NasParser::PARAM:
        case NasParser::REQUIRE:
        case NasParser::SHOW:
        case NasParser::DEF:
        case NasParser::FOREACH:
        case NasParser::WHEN:
        case NasParser::IF:
        case NasParser::STAGE: {
          setState(73);
          statement();
          setState(74);
          match(NasParser::NL);
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(80);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(81);
    match(NasParser::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- HoleContext ------------------------------------------------------------------

NasParser::HoleContext::HoleContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::ExprContext* NasParser::HoleContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::HoleContext::EOF() {
  return getToken(NasParser::EOF, 0);
}


size_t NasParser::HoleContext::getRuleIndex() const {
  return NasParser::RuleHole;
}


NasParser::HoleContext* NasParser::hole() {
  HoleContext *_localctx = _tracker.createInstance<HoleContext>(_ctx, getState());
  enterRule(_localctx, 2, NasParser::RuleHole);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(83);
    expr();
    setState(84);
    match(NasParser::EOF);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- StatementContext ------------------------------------------------------------------

NasParser::StatementContext::StatementContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::VersionContext* NasParser::StatementContext::version() {
  return getRuleContext<NasParser::VersionContext>(0);
}

NasParser::ImportingContext* NasParser::StatementContext::importing() {
  return getRuleContext<NasParser::ImportingContext>(0);
}

NasParser::SeedContext* NasParser::StatementContext::seed() {
  return getRuleContext<NasParser::SeedContext>(0);
}

NasParser::LetContext* NasParser::StatementContext::let() {
  return getRuleContext<NasParser::LetContext>(0);
}

NasParser::ParamContext* NasParser::StatementContext::param() {
  return getRuleContext<NasParser::ParamContext>(0);
}

NasParser::RequireContext* NasParser::StatementContext::require() {
  return getRuleContext<NasParser::RequireContext>(0);
}

NasParser::ShowContext* NasParser::StatementContext::show() {
  return getRuleContext<NasParser::ShowContext>(0);
}

NasParser::DefContext* NasParser::StatementContext::def() {
  return getRuleContext<NasParser::DefContext>(0);
}

NasParser::ForeachContext* NasParser::StatementContext::foreach() {
  return getRuleContext<NasParser::ForeachContext>(0);
}

NasParser::BranchContext* NasParser::StatementContext::branch() {
  return getRuleContext<NasParser::BranchContext>(0);
}

NasParser::WhenContext* NasParser::StatementContext::when() {
  return getRuleContext<NasParser::WhenContext>(0);
}

NasParser::StageContext* NasParser::StatementContext::stage() {
  return getRuleContext<NasParser::StageContext>(0);
}


size_t NasParser::StatementContext::getRuleIndex() const {
  return NasParser::RuleStatement;
}


NasParser::StatementContext* NasParser::statement() {
  StatementContext *_localctx = _tracker.createInstance<StatementContext>(_ctx, getState());
  enterRule(_localctx, 4, NasParser::RuleStatement);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(98);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::NAS: {
        enterOuterAlt(_localctx, 1);
        setState(86);
        version();
        break;
      }

      case NasParser::IMPORT: {
        enterOuterAlt(_localctx, 2);
        setState(87);
        importing();
        break;
      }

      case NasParser::SEED: {
        enterOuterAlt(_localctx, 3);
        setState(88);
        seed();
        break;
      }

      case NasParser::LET: {
        enterOuterAlt(_localctx, 4);
        setState(89);
        let();
        break;
      }

      case NasParser::PARAM: {
        enterOuterAlt(_localctx, 5);
        setState(90);
        param();
        break;
      }

      case NasParser::REQUIRE: {
        enterOuterAlt(_localctx, 6);
        setState(91);
        require();
        break;
      }

      case NasParser::SHOW: {
        enterOuterAlt(_localctx, 7);
        setState(92);
        show();
        break;
      }

      case NasParser::DEF: {
        enterOuterAlt(_localctx, 8);
        setState(93);
        def();
        break;
      }

      case NasParser::FOREACH: {
        enterOuterAlt(_localctx, 9);
        setState(94);
        foreach();
        break;
      }

      case NasParser::IF: {
        enterOuterAlt(_localctx, 10);
        setState(95);
        branch();
        break;
      }

      case NasParser::WHEN: {
        enterOuterAlt(_localctx, 11);
        setState(96);
        when();
        break;
      }

      case NasParser::STAGE: {
        enterOuterAlt(_localctx, 12);
        setState(97);
        stage();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BodyContext ------------------------------------------------------------------

NasParser::BodyContext::BodyContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::BodyContext::OPEN_BRACE() {
  return getToken(NasParser::OPEN_BRACE, 0);
}

tree::TerminalNode* NasParser::BodyContext::CLOSE_BRACE() {
  return getToken(NasParser::CLOSE_BRACE, 0);
}

std::vector<tree::TerminalNode *> NasParser::BodyContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::BodyContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

std::vector<NasParser::StatementContext *> NasParser::BodyContext::statement() {
  return getRuleContexts<NasParser::StatementContext>();
}

NasParser::StatementContext* NasParser::BodyContext::statement(size_t i) {
  return getRuleContext<NasParser::StatementContext>(i);
}


size_t NasParser::BodyContext::getRuleIndex() const {
  return NasParser::RuleBody;
}


NasParser::BodyContext* NasParser::body() {
  BodyContext *_localctx = _tracker.createInstance<BodyContext>(_ctx, getState());
  enterRule(_localctx, 6, NasParser::RuleBody);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(100);
    match(NasParser::OPEN_BRACE);
    setState(107);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::NL)
      | (1ULL << NasParser::NAS)
      | (1ULL << NasParser::IMPORT)
      | (1ULL << NasParser::SEED)
      | (1ULL << NasParser::LET)
      | (1ULL << NasParser::PARAM)
      | (1ULL << NasParser::REQUIRE)
      | (1ULL << NasParser::SHOW)
      | (1ULL << NasParser::DEF)
      | (1ULL << NasParser::FOREACH)
      | (1ULL << NasParser::WHEN)
      | (1ULL << NasParser::IF)
      | (1ULL << NasParser::STAGE))) != 0)) {
      setState(105);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::NL: {
          setState(101);
          match(NasParser::NL);
          break;
        }

        case NasParser::NAS:
        case NasParser::IMPORT:
        case NasParser::SEED:
        case NasParser::LET:
        case NasParser::PARAM:
        case NasParser::REQUIRE:
        case NasParser::SHOW:
        case NasParser::DEF:
        case NasParser::FOREACH:
        case NasParser::WHEN:
        case NasParser::IF:
        case NasParser::STAGE: {
          setState(102);
          statement();
          setState(103);
          match(NasParser::NL);
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(109);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(110);
    match(NasParser::CLOSE_BRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- VersionContext ------------------------------------------------------------------

NasParser::VersionContext::VersionContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::VersionContext::NAS() {
  return getToken(NasParser::NAS, 0);
}

tree::TerminalNode* NasParser::VersionContext::NUMBER() {
  return getToken(NasParser::NUMBER, 0);
}


size_t NasParser::VersionContext::getRuleIndex() const {
  return NasParser::RuleVersion;
}


NasParser::VersionContext* NasParser::version() {
  VersionContext *_localctx = _tracker.createInstance<VersionContext>(_ctx, getState());
  enterRule(_localctx, 8, NasParser::RuleVersion);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(112);
    match(NasParser::NAS);
    setState(113);
    match(NasParser::NUMBER);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ImportingContext ------------------------------------------------------------------

NasParser::ImportingContext::ImportingContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ImportingContext::IMPORT() {
  return getToken(NasParser::IMPORT, 0);
}

tree::TerminalNode* NasParser::ImportingContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

tree::TerminalNode* NasParser::ImportingContext::AS() {
  return getToken(NasParser::AS, 0);
}

tree::TerminalNode* NasParser::ImportingContext::NAME() {
  return getToken(NasParser::NAME, 0);
}


size_t NasParser::ImportingContext::getRuleIndex() const {
  return NasParser::RuleImporting;
}


NasParser::ImportingContext* NasParser::importing() {
  ImportingContext *_localctx = _tracker.createInstance<ImportingContext>(_ctx, getState());
  enterRule(_localctx, 10, NasParser::RuleImporting);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(115);
    match(NasParser::IMPORT);
    setState(116);
    match(NasParser::STRING);
    setState(119);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::AS) {
      setState(117);
      match(NasParser::AS);
      setState(118);
      match(NasParser::NAME);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SeedContext ------------------------------------------------------------------

NasParser::SeedContext::SeedContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SeedContext::SEED() {
  return getToken(NasParser::SEED, 0);
}

NasParser::ExprContext* NasParser::SeedContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SeedContext::getRuleIndex() const {
  return NasParser::RuleSeed;
}


NasParser::SeedContext* NasParser::seed() {
  SeedContext *_localctx = _tracker.createInstance<SeedContext>(_ctx, getState());
  enterRule(_localctx, 12, NasParser::RuleSeed);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(121);
    match(NasParser::SEED);
    setState(122);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- LetContext ------------------------------------------------------------------

NasParser::LetContext::LetContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::LetContext::LET() {
  return getToken(NasParser::LET, 0);
}

tree::TerminalNode* NasParser::LetContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::LetContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::LetContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::LetContext::getRuleIndex() const {
  return NasParser::RuleLet;
}


NasParser::LetContext* NasParser::let() {
  LetContext *_localctx = _tracker.createInstance<LetContext>(_ctx, getState());
  enterRule(_localctx, 14, NasParser::RuleLet);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(124);
    match(NasParser::LET);
    setState(125);
    match(NasParser::NAME);
    setState(126);
    match(NasParser::ASSIGN);
    setState(127);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParamContext ------------------------------------------------------------------

NasParser::ParamContext::ParamContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ParamContext::PARAM() {
  return getToken(NasParser::PARAM, 0);
}

std::vector<tree::TerminalNode *> NasParser::ParamContext::NAME() {
  return getTokens(NasParser::NAME);
}

tree::TerminalNode* NasParser::ParamContext::NAME(size_t i) {
  return getToken(NasParser::NAME, i);
}

tree::TerminalNode* NasParser::ParamContext::COLON() {
  return getToken(NasParser::COLON, 0);
}

tree::TerminalNode* NasParser::ParamContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

std::vector<NasParser::ExprContext *> NasParser::ParamContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ParamContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

tree::TerminalNode* NasParser::ParamContext::IN() {
  return getToken(NasParser::IN, 0);
}

tree::TerminalNode* NasParser::ParamContext::STRING() {
  return getToken(NasParser::STRING, 0);
}


size_t NasParser::ParamContext::getRuleIndex() const {
  return NasParser::RuleParam;
}


NasParser::ParamContext* NasParser::param() {
  ParamContext *_localctx = _tracker.createInstance<ParamContext>(_ctx, getState());
  enterRule(_localctx, 16, NasParser::RuleParam);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(129);
    match(NasParser::PARAM);
    setState(130);
    match(NasParser::NAME);
    setState(131);
    match(NasParser::COLON);
    setState(132);
    match(NasParser::NAME);
    setState(133);
    match(NasParser::ASSIGN);
    setState(134);
    expr();
    setState(137);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::IN) {
      setState(135);
      match(NasParser::IN);
      setState(136);
      expr();
    }
    setState(140);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::STRING) {
      setState(139);
      match(NasParser::STRING);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- RequireContext ------------------------------------------------------------------

NasParser::RequireContext::RequireContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::RequireContext::REQUIRE() {
  return getToken(NasParser::REQUIRE, 0);
}

NasParser::ExprContext* NasParser::RequireContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::RequireContext::COMMA() {
  return getToken(NasParser::COMMA, 0);
}

tree::TerminalNode* NasParser::RequireContext::STRING() {
  return getToken(NasParser::STRING, 0);
}


size_t NasParser::RequireContext::getRuleIndex() const {
  return NasParser::RuleRequire;
}


NasParser::RequireContext* NasParser::require() {
  RequireContext *_localctx = _tracker.createInstance<RequireContext>(_ctx, getState());
  enterRule(_localctx, 18, NasParser::RuleRequire);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(142);
    match(NasParser::REQUIRE);
    setState(143);
    expr();
    setState(146);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::COMMA) {
      setState(144);
      match(NasParser::COMMA);
      setState(145);
      match(NasParser::STRING);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ShowContext ------------------------------------------------------------------

NasParser::ShowContext::ShowContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ShowContext::SHOW() {
  return getToken(NasParser::SHOW, 0);
}

std::vector<NasParser::ExprContext *> NasParser::ShowContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ShowContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::ShowContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::ShowContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}


size_t NasParser::ShowContext::getRuleIndex() const {
  return NasParser::RuleShow;
}


NasParser::ShowContext* NasParser::show() {
  ShowContext *_localctx = _tracker.createInstance<ShowContext>(_ctx, getState());
  enterRule(_localctx, 20, NasParser::RuleShow);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(148);
    match(NasParser::SHOW);
    setState(149);
    expr();
    setState(154);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::COMMA) {
      setState(150);
      match(NasParser::COMMA);
      setState(151);
      expr();
      setState(156);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- DefContext ------------------------------------------------------------------

NasParser::DefContext::DefContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::DefContext::DEF() {
  return getToken(NasParser::DEF, 0);
}

tree::TerminalNode* NasParser::DefContext::DEF_SPACE() {
  return getToken(NasParser::DEF_SPACE, 0);
}

tree::TerminalNode* NasParser::DefContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

NasParser::SpaceBodyContext* NasParser::DefContext::spaceBody() {
  return getRuleContext<NasParser::SpaceBodyContext>(0);
}

NasParser::ParametersContext* NasParser::DefContext::parameters() {
  return getRuleContext<NasParser::ParametersContext>(0);
}

tree::TerminalNode* NasParser::DefContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::DefContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::DefContext::getRuleIndex() const {
  return NasParser::RuleDef;
}


NasParser::DefContext* NasParser::def() {
  DefContext *_localctx = _tracker.createInstance<DefContext>(_ctx, getState());
  enterRule(_localctx, 22, NasParser::RuleDef);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(170);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 11, _ctx)) {
    case 1: {
      enterOuterAlt(_localctx, 1);
      setState(157);
      match(NasParser::DEF);
      setState(158);
      match(NasParser::DEF_SPACE);
      setState(159);
      match(NasParser::NAME);
      setState(161);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::OPEN_PAREN) {
        setState(160);
        parameters();
      }
      setState(163);
      spaceBody();
      break;
    }

    case 2: {
      enterOuterAlt(_localctx, 2);
      setState(164);
      match(NasParser::DEF);
      setState(165);
      match(NasParser::NAME);
      setState(166);
      parameters();
      setState(167);
      match(NasParser::ASSIGN);
      setState(168);
      expr();
      break;
    }

    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParametersContext ------------------------------------------------------------------

NasParser::ParametersContext::ParametersContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ParametersContext::OPEN_PAREN() {
  return getToken(NasParser::OPEN_PAREN, 0);
}

tree::TerminalNode* NasParser::ParametersContext::CLOSE_PAREN() {
  return getToken(NasParser::CLOSE_PAREN, 0);
}

std::vector<NasParser::ParameterContext *> NasParser::ParametersContext::parameter() {
  return getRuleContexts<NasParser::ParameterContext>();
}

NasParser::ParameterContext* NasParser::ParametersContext::parameter(size_t i) {
  return getRuleContext<NasParser::ParameterContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::ParametersContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::ParametersContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}


size_t NasParser::ParametersContext::getRuleIndex() const {
  return NasParser::RuleParameters;
}


NasParser::ParametersContext* NasParser::parameters() {
  ParametersContext *_localctx = _tracker.createInstance<ParametersContext>(_ctx, getState());
  enterRule(_localctx, 24, NasParser::RuleParameters);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(172);
    match(NasParser::OPEN_PAREN);
    setState(181);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::NAME) {
      setState(173);
      parameter();
      setState(178);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::COMMA) {
        setState(174);
        match(NasParser::COMMA);
        setState(175);
        parameter();
        setState(180);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(183);
    match(NasParser::CLOSE_PAREN);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ParameterContext ------------------------------------------------------------------

NasParser::ParameterContext::ParameterContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> NasParser::ParameterContext::NAME() {
  return getTokens(NasParser::NAME);
}

tree::TerminalNode* NasParser::ParameterContext::NAME(size_t i) {
  return getToken(NasParser::NAME, i);
}

tree::TerminalNode* NasParser::ParameterContext::COLON() {
  return getToken(NasParser::COLON, 0);
}

tree::TerminalNode* NasParser::ParameterContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::ParameterContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::ParameterContext::getRuleIndex() const {
  return NasParser::RuleParameter;
}


NasParser::ParameterContext* NasParser::parameter() {
  ParameterContext *_localctx = _tracker.createInstance<ParameterContext>(_ctx, getState());
  enterRule(_localctx, 26, NasParser::RuleParameter);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(185);
    match(NasParser::NAME);
    setState(188);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::COLON) {
      setState(186);
      match(NasParser::COLON);
      setState(187);
      match(NasParser::NAME);
    }
    setState(192);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::ASSIGN) {
      setState(190);
      match(NasParser::ASSIGN);
      setState(191);
      expr();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ForeachContext ------------------------------------------------------------------

NasParser::ForeachContext::ForeachContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ForeachContext::FOREACH() {
  return getToken(NasParser::FOREACH, 0);
}

tree::TerminalNode* NasParser::ForeachContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::ForeachContext::IN() {
  return getToken(NasParser::IN, 0);
}

NasParser::ExprContext* NasParser::ForeachContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::BodyContext* NasParser::ForeachContext::body() {
  return getRuleContext<NasParser::BodyContext>(0);
}


size_t NasParser::ForeachContext::getRuleIndex() const {
  return NasParser::RuleForeach;
}


NasParser::ForeachContext* NasParser::foreach() {
  ForeachContext *_localctx = _tracker.createInstance<ForeachContext>(_ctx, getState());
  enterRule(_localctx, 28, NasParser::RuleForeach);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(194);
    match(NasParser::FOREACH);
    setState(195);
    match(NasParser::NAME);
    setState(196);
    match(NasParser::IN);
    setState(197);
    expr();
    setState(198);
    body();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BranchContext ------------------------------------------------------------------

NasParser::BranchContext::BranchContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::BranchContext::IF() {
  return getToken(NasParser::IF, 0);
}

NasParser::ExprContext* NasParser::BranchContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::BodyContext *> NasParser::BranchContext::body() {
  return getRuleContexts<NasParser::BodyContext>();
}

NasParser::BodyContext* NasParser::BranchContext::body(size_t i) {
  return getRuleContext<NasParser::BodyContext>(i);
}

tree::TerminalNode* NasParser::BranchContext::ELSE() {
  return getToken(NasParser::ELSE, 0);
}

NasParser::BranchContext* NasParser::BranchContext::branch() {
  return getRuleContext<NasParser::BranchContext>(0);
}


size_t NasParser::BranchContext::getRuleIndex() const {
  return NasParser::RuleBranch;
}


NasParser::BranchContext* NasParser::branch() {
  BranchContext *_localctx = _tracker.createInstance<BranchContext>(_ctx, getState());
  enterRule(_localctx, 30, NasParser::RuleBranch);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(200);
    match(NasParser::IF);
    setState(201);
    expr();
    setState(202);
    body();
    setState(208);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::ELSE) {
      setState(203);
      match(NasParser::ELSE);
      setState(206);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::OPEN_BRACE: {
          setState(204);
          body();
          break;
        }

        case NasParser::IF: {
          setState(205);
          branch();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- WhenContext ------------------------------------------------------------------

NasParser::WhenContext::WhenContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::WhenContext::WHEN() {
  return getToken(NasParser::WHEN, 0);
}

NasParser::ExprContext* NasParser::WhenContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::BodyContext *> NasParser::WhenContext::body() {
  return getRuleContexts<NasParser::BodyContext>();
}

NasParser::BodyContext* NasParser::WhenContext::body(size_t i) {
  return getRuleContext<NasParser::BodyContext>(i);
}

tree::TerminalNode* NasParser::WhenContext::OTHERWISE() {
  return getToken(NasParser::OTHERWISE, 0);
}


size_t NasParser::WhenContext::getRuleIndex() const {
  return NasParser::RuleWhen;
}


NasParser::WhenContext* NasParser::when() {
  WhenContext *_localctx = _tracker.createInstance<WhenContext>(_ctx, getState());
  enterRule(_localctx, 32, NasParser::RuleWhen);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(210);
    match(NasParser::WHEN);
    setState(211);
    expr();
    setState(212);
    body();
    setState(215);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::OTHERWISE) {
      setState(213);
      match(NasParser::OTHERWISE);
      setState(214);
      body();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- StageContext ------------------------------------------------------------------

NasParser::StageContext::StageContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::StageContext::STAGE() {
  return getToken(NasParser::STAGE, 0);
}

tree::TerminalNode* NasParser::StageContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::StageContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::OperandsContext* NasParser::StageContext::operands() {
  return getRuleContext<NasParser::OperandsContext>(0);
}

std::vector<NasParser::ClauseContext *> NasParser::StageContext::clause() {
  return getRuleContexts<NasParser::ClauseContext>();
}

NasParser::ClauseContext* NasParser::StageContext::clause(size_t i) {
  return getRuleContext<NasParser::ClauseContext>(i);
}

NasParser::SettingsContext* NasParser::StageContext::settings() {
  return getRuleContext<NasParser::SettingsContext>(0);
}


size_t NasParser::StageContext::getRuleIndex() const {
  return NasParser::RuleStage;
}


NasParser::StageContext* NasParser::stage() {
  StageContext *_localctx = _tracker.createInstance<StageContext>(_ctx, getState());
  enterRule(_localctx, 34, NasParser::RuleStage);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(217);
    match(NasParser::STAGE);
    setState(220);
    _errHandler->sync(this);

    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 19, _ctx)) {
    case 1: {
      setState(218);
      match(NasParser::NAME);
      setState(219);
      match(NasParser::ASSIGN);
      break;
    }

    }
    setState(223);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::NUMBER)
      | (1ULL << NasParser::STRING)
      | (1ULL << NasParser::OPEN_PAREN)
      | (1ULL << NasParser::OPEN_LIST)
      | (1ULL << NasParser::MINUS)
      | (1ULL << NasParser::NAME)
      | (1ULL << NasParser::MAXIMIZE)
      | (1ULL << NasParser::MINIMIZE)
      | (1ULL << NasParser::REPEAT)
      | (1ULL << NasParser::CHOICE)
      | (1ULL << NasParser::COND))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 65)) & ((1ULL << (NasParser::NOT - 65))
      | (1ULL << (NasParser::TRUE - 65))
      | (1ULL << (NasParser::FALSE - 65)))) != 0)) {
      setState(222);
      operands();
    }
    setState(228);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::CLAUSE

    || _la == NasParser::AS) {
      setState(225);
      clause();
      setState(230);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(232);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::OPEN_BRACE) {
      setState(231);
      settings();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- OperandsContext ------------------------------------------------------------------

NasParser::OperandsContext::OperandsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<NasParser::OperandContext *> NasParser::OperandsContext::operand() {
  return getRuleContexts<NasParser::OperandContext>();
}

NasParser::OperandContext* NasParser::OperandsContext::operand(size_t i) {
  return getRuleContext<NasParser::OperandContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::OperandsContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::OperandsContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}


size_t NasParser::OperandsContext::getRuleIndex() const {
  return NasParser::RuleOperands;
}


NasParser::OperandsContext* NasParser::operands() {
  OperandsContext *_localctx = _tracker.createInstance<OperandsContext>(_ctx, getState());
  enterRule(_localctx, 36, NasParser::RuleOperands);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(234);
    operand();
    setState(239);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::COMMA) {
      setState(235);
      match(NasParser::COMMA);
      setState(236);
      operand();
      setState(241);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- OperandContext ------------------------------------------------------------------

NasParser::OperandContext::OperandContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::ExprContext* NasParser::OperandContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::OperandContext::MAXIMIZE() {
  return getToken(NasParser::MAXIMIZE, 0);
}

tree::TerminalNode* NasParser::OperandContext::MINIMIZE() {
  return getToken(NasParser::MINIMIZE, 0);
}


size_t NasParser::OperandContext::getRuleIndex() const {
  return NasParser::RuleOperand;
}


NasParser::OperandContext* NasParser::operand() {
  OperandContext *_localctx = _tracker.createInstance<OperandContext>(_ctx, getState());
  enterRule(_localctx, 38, NasParser::RuleOperand);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(243);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::MAXIMIZE

    || _la == NasParser::MINIMIZE) {
      setState(242);
      _la = _input->LA(1);
      if (!(_la == NasParser::MAXIMIZE

      || _la == NasParser::MINIMIZE)) {
      _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
    }
    setState(245);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ClauseContext ------------------------------------------------------------------

NasParser::ClauseContext::ClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::OperandsContext* NasParser::ClauseContext::operands() {
  return getRuleContext<NasParser::OperandsContext>(0);
}

tree::TerminalNode* NasParser::ClauseContext::CLAUSE() {
  return getToken(NasParser::CLAUSE, 0);
}

tree::TerminalNode* NasParser::ClauseContext::AS() {
  return getToken(NasParser::AS, 0);
}


size_t NasParser::ClauseContext::getRuleIndex() const {
  return NasParser::RuleClause;
}


NasParser::ClauseContext* NasParser::clause() {
  ClauseContext *_localctx = _tracker.createInstance<ClauseContext>(_ctx, getState());
  enterRule(_localctx, 40, NasParser::RuleClause);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(247);
    _la = _input->LA(1);
    if (!(_la == NasParser::CLAUSE

    || _la == NasParser::AS)) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
    setState(248);
    operands();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SettingsContext ------------------------------------------------------------------

NasParser::SettingsContext::SettingsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SettingsContext::OPEN_BRACE() {
  return getToken(NasParser::OPEN_BRACE, 0);
}

tree::TerminalNode* NasParser::SettingsContext::CLOSE_BRACE() {
  return getToken(NasParser::CLOSE_BRACE, 0);
}

std::vector<NasParser::SettingContext *> NasParser::SettingsContext::setting() {
  return getRuleContexts<NasParser::SettingContext>();
}

NasParser::SettingContext* NasParser::SettingsContext::setting(size_t i) {
  return getRuleContext<NasParser::SettingContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::SettingsContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::SettingsContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}

std::vector<tree::TerminalNode *> NasParser::SettingsContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::SettingsContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}


size_t NasParser::SettingsContext::getRuleIndex() const {
  return NasParser::RuleSettings;
}


NasParser::SettingsContext* NasParser::settings() {
  SettingsContext *_localctx = _tracker.createInstance<SettingsContext>(_ctx, getState());
  enterRule(_localctx, 42, NasParser::RuleSettings);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(250);
    match(NasParser::OPEN_BRACE);
    setState(259);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::NAME) {
      setState(251);
      setting();
      setState(256);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::COMMA

      || _la == NasParser::NL) {
        setState(252);
        _la = _input->LA(1);
        if (!(_la == NasParser::COMMA

        || _la == NasParser::NL)) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        setState(253);
        setting();
        setState(258);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(261);
    match(NasParser::CLOSE_BRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SettingContext ------------------------------------------------------------------

NasParser::SettingContext::SettingContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SettingContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::SettingContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::SettingContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SettingContext::getRuleIndex() const {
  return NasParser::RuleSetting;
}


NasParser::SettingContext* NasParser::setting() {
  SettingContext *_localctx = _tracker.createInstance<SettingContext>(_ctx, getState());
  enterRule(_localctx, 44, NasParser::RuleSetting);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(263);
    match(NasParser::NAME);
    setState(264);
    match(NasParser::ASSIGN);
    setState(265);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SpaceBodyContext ------------------------------------------------------------------

NasParser::SpaceBodyContext::SpaceBodyContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SpaceBodyContext::OPEN_BRACE() {
  return getToken(NasParser::OPEN_BRACE, 0);
}

tree::TerminalNode* NasParser::SpaceBodyContext::CLOSE_BRACE() {
  return getToken(NasParser::CLOSE_BRACE, 0);
}

std::vector<tree::TerminalNode *> NasParser::SpaceBodyContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::SpaceBodyContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

std::vector<NasParser::SpaceItemContext *> NasParser::SpaceBodyContext::spaceItem() {
  return getRuleContexts<NasParser::SpaceItemContext>();
}

NasParser::SpaceItemContext* NasParser::SpaceBodyContext::spaceItem(size_t i) {
  return getRuleContext<NasParser::SpaceItemContext>(i);
}


size_t NasParser::SpaceBodyContext::getRuleIndex() const {
  return NasParser::RuleSpaceBody;
}


NasParser::SpaceBodyContext* NasParser::spaceBody() {
  SpaceBodyContext *_localctx = _tracker.createInstance<SpaceBodyContext>(_ctx, getState());
  enterRule(_localctx, 46, NasParser::RuleSpaceBody);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(267);
    match(NasParser::OPEN_BRACE);
    setState(274);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::NUMBER)
      | (1ULL << NasParser::STRING)
      | (1ULL << NasParser::OPEN_PAREN)
      | (1ULL << NasParser::OPEN_LIST)
      | (1ULL << NasParser::MINUS)
      | (1ULL << NasParser::NAME)
      | (1ULL << NasParser::NL)
      | (1ULL << NasParser::LET)
      | (1ULL << NasParser::REQUIRE)
      | (1ULL << NasParser::IF)
      | (1ULL << NasParser::RULE)
      | (1ULL << NasParser::SPELLING)
      | (1ULL << NasParser::REPEAT)
      | (1ULL << NasParser::CHOICE)
      | (1ULL << NasParser::COND))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 65)) & ((1ULL << (NasParser::NOT - 65))
      | (1ULL << (NasParser::TRUE - 65))
      | (1ULL << (NasParser::FALSE - 65)))) != 0)) {
      setState(272);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::NL: {
          setState(268);
          match(NasParser::NL);
          break;
        }

        case NasParser::NUMBER:
        case NasParser::STRING:
        case NasParser::OPEN_PAREN:
        case NasParser::OPEN_LIST:
        case NasParser::MINUS:
        case NasParser::NAME:
        case NasParser::LET:
        case NasParser::REQUIRE:
        case NasParser::IF:
        case NasParser::RULE:
        case NasParser::SPELLING:
        case NasParser::REPEAT:
        case NasParser::CHOICE:
        case NasParser::COND:
        case NasParser::NOT:
        case NasParser::TRUE:
        case NasParser::FALSE: {
          setState(269);
          spaceItem();
          setState(270);
          match(NasParser::NL);
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      setState(276);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(277);
    match(NasParser::CLOSE_BRACE);
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SpaceItemContext ------------------------------------------------------------------

NasParser::SpaceItemContext::SpaceItemContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::BindContext* NasParser::SpaceItemContext::bind() {
  return getRuleContext<NasParser::BindContext>(0);
}

NasParser::SharedRuleContext* NasParser::SpaceItemContext::sharedRule() {
  return getRuleContext<NasParser::SharedRuleContext>(0);
}

NasParser::SpellingContext* NasParser::SpaceItemContext::spelling() {
  return getRuleContext<NasParser::SpellingContext>(0);
}

NasParser::RequireContext* NasParser::SpaceItemContext::require() {
  return getRuleContext<NasParser::RequireContext>(0);
}

NasParser::LetContext* NasParser::SpaceItemContext::let() {
  return getRuleContext<NasParser::LetContext>(0);
}

NasParser::SpaceBranchContext* NasParser::SpaceItemContext::spaceBranch() {
  return getRuleContext<NasParser::SpaceBranchContext>(0);
}

NasParser::ExprContext* NasParser::SpaceItemContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SpaceItemContext::getRuleIndex() const {
  return NasParser::RuleSpaceItem;
}


NasParser::SpaceItemContext* NasParser::spaceItem() {
  SpaceItemContext *_localctx = _tracker.createInstance<SpaceItemContext>(_ctx, getState());
  enterRule(_localctx, 48, NasParser::RuleSpaceItem);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(286);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 29, _ctx)) {
    case 1: {
      enterOuterAlt(_localctx, 1);
      setState(279);
      bind();
      break;
    }

    case 2: {
      enterOuterAlt(_localctx, 2);
      setState(280);
      sharedRule();
      break;
    }

    case 3: {
      enterOuterAlt(_localctx, 3);
      setState(281);
      spelling();
      break;
    }

    case 4: {
      enterOuterAlt(_localctx, 4);
      setState(282);
      require();
      break;
    }

    case 5: {
      enterOuterAlt(_localctx, 5);
      setState(283);
      let();
      break;
    }

    case 6: {
      enterOuterAlt(_localctx, 6);
      setState(284);
      spaceBranch();
      break;
    }

    case 7: {
      enterOuterAlt(_localctx, 7);
      setState(285);
      expr();
      break;
    }

    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- BindContext ------------------------------------------------------------------

NasParser::BindContext::BindContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::BindContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::BindContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::BindContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::BindContext::getRuleIndex() const {
  return NasParser::RuleBind;
}


NasParser::BindContext* NasParser::bind() {
  BindContext *_localctx = _tracker.createInstance<BindContext>(_ctx, getState());
  enterRule(_localctx, 50, NasParser::RuleBind);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(288);
    match(NasParser::NAME);
    setState(289);
    match(NasParser::ASSIGN);
    setState(290);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SharedRuleContext ------------------------------------------------------------------

NasParser::SharedRuleContext::SharedRuleContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SharedRuleContext::RULE() {
  return getToken(NasParser::RULE, 0);
}

tree::TerminalNode* NasParser::SharedRuleContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

NasParser::ParametersContext* NasParser::SharedRuleContext::parameters() {
  return getRuleContext<NasParser::ParametersContext>(0);
}

tree::TerminalNode* NasParser::SharedRuleContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::SharedRuleContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SharedRuleContext::getRuleIndex() const {
  return NasParser::RuleSharedRule;
}


NasParser::SharedRuleContext* NasParser::sharedRule() {
  SharedRuleContext *_localctx = _tracker.createInstance<SharedRuleContext>(_ctx, getState());
  enterRule(_localctx, 52, NasParser::RuleSharedRule);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(292);
    match(NasParser::RULE);
    setState(293);
    match(NasParser::NAME);
    setState(294);
    parameters();
    setState(295);
    match(NasParser::ASSIGN);
    setState(296);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SpellingContext ------------------------------------------------------------------

NasParser::SpellingContext::SpellingContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SpellingContext::SPELLING() {
  return getToken(NasParser::SPELLING, 0);
}

tree::TerminalNode* NasParser::SpellingContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::SpellingContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}

NasParser::ExprContext* NasParser::SpellingContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SettingsContext* NasParser::SpellingContext::settings() {
  return getRuleContext<NasParser::SettingsContext>(0);
}


size_t NasParser::SpellingContext::getRuleIndex() const {
  return NasParser::RuleSpelling;
}


NasParser::SpellingContext* NasParser::spelling() {
  SpellingContext *_localctx = _tracker.createInstance<SpellingContext>(_ctx, getState());
  enterRule(_localctx, 54, NasParser::RuleSpelling);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(298);
    match(NasParser::SPELLING);
    setState(299);
    match(NasParser::NAME);
    setState(303);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::ASSIGN: {
        setState(300);
        match(NasParser::ASSIGN);
        setState(301);
        expr();
        break;
      }

      case NasParser::OPEN_BRACE: {
        setState(302);
        settings();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SpaceBranchContext ------------------------------------------------------------------

NasParser::SpaceBranchContext::SpaceBranchContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SpaceBranchContext::IF() {
  return getToken(NasParser::IF, 0);
}

NasParser::ExprContext* NasParser::SpaceBranchContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::SpaceBodyContext *> NasParser::SpaceBranchContext::spaceBody() {
  return getRuleContexts<NasParser::SpaceBodyContext>();
}

NasParser::SpaceBodyContext* NasParser::SpaceBranchContext::spaceBody(size_t i) {
  return getRuleContext<NasParser::SpaceBodyContext>(i);
}

tree::TerminalNode* NasParser::SpaceBranchContext::ELSE() {
  return getToken(NasParser::ELSE, 0);
}

NasParser::SpaceBranchContext* NasParser::SpaceBranchContext::spaceBranch() {
  return getRuleContext<NasParser::SpaceBranchContext>(0);
}


size_t NasParser::SpaceBranchContext::getRuleIndex() const {
  return NasParser::RuleSpaceBranch;
}


NasParser::SpaceBranchContext* NasParser::spaceBranch() {
  SpaceBranchContext *_localctx = _tracker.createInstance<SpaceBranchContext>(_ctx, getState());
  enterRule(_localctx, 56, NasParser::RuleSpaceBranch);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(305);
    match(NasParser::IF);
    setState(306);
    expr();
    setState(307);
    spaceBody();
    setState(313);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::ELSE) {
      setState(308);
      match(NasParser::ELSE);
      setState(311);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::OPEN_BRACE: {
          setState(309);
          spaceBody();
          break;
        }

        case NasParser::IF: {
          setState(310);
          spaceBranch();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ExprContext ------------------------------------------------------------------

NasParser::ExprContext::ExprContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::ExprContext::COND() {
  return getToken(NasParser::COND, 0);
}

std::vector<NasParser::ExprContext *> NasParser::ExprContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ExprContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

tree::TerminalNode* NasParser::ExprContext::THEN() {
  return getToken(NasParser::THEN, 0);
}

tree::TerminalNode* NasParser::ExprContext::ELSE() {
  return getToken(NasParser::ELSE, 0);
}

std::vector<NasParser::TermContext *> NasParser::ExprContext::term() {
  return getRuleContexts<NasParser::TermContext>();
}

NasParser::TermContext* NasParser::ExprContext::term(size_t i) {
  return getRuleContext<NasParser::TermContext>(i);
}

std::vector<NasParser::InfixContext *> NasParser::ExprContext::infix() {
  return getRuleContexts<NasParser::InfixContext>();
}

NasParser::InfixContext* NasParser::ExprContext::infix(size_t i) {
  return getRuleContext<NasParser::InfixContext>(i);
}


size_t NasParser::ExprContext::getRuleIndex() const {
  return NasParser::RuleExpr;
}


NasParser::ExprContext* NasParser::expr() {
  ExprContext *_localctx = _tracker.createInstance<ExprContext>(_ctx, getState());
  enterRule(_localctx, 58, NasParser::RuleExpr);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(331);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::COND: {
        enterOuterAlt(_localctx, 1);
        setState(315);
        match(NasParser::COND);
        setState(316);
        expr();
        setState(317);
        match(NasParser::THEN);
        setState(318);
        expr();
        setState(319);
        match(NasParser::ELSE);
        setState(320);
        expr();
        break;
      }

      case NasParser::NUMBER:
      case NasParser::STRING:
      case NasParser::OPEN_PAREN:
      case NasParser::OPEN_LIST:
      case NasParser::MINUS:
      case NasParser::NAME:
      case NasParser::REPEAT:
      case NasParser::CHOICE:
      case NasParser::NOT:
      case NasParser::TRUE:
      case NasParser::FALSE: {
        enterOuterAlt(_localctx, 2);
        setState(322);
        term();
        setState(328);
        _errHandler->sync(this);
        _la = _input->LA(1);
        while (((((_la - 19) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 19)) & ((1ULL << (NasParser::DOTS - 19))
          | (1ULL << (NasParser::POWER - 19))
          | (1ULL << (NasParser::PLUS - 19))
          | (1ULL << (NasParser::MINUS - 19))
          | (1ULL << (NasParser::TIMES - 19))
          | (1ULL << (NasParser::DIVIDE - 19))
          | (1ULL << (NasParser::MODULO - 19))
          | (1ULL << (NasParser::LESS - 19))
          | (1ULL << (NasParser::LESS_EQUAL - 19))
          | (1ULL << (NasParser::GREATER - 19))
          | (1ULL << (NasParser::GREATER_EQUAL - 19))
          | (1ULL << (NasParser::EQUAL - 19))
          | (1ULL << (NasParser::UNEQUAL - 19))
          | (1ULL << (NasParser::STEP - 19))
          | (1ULL << (NasParser::AND - 19))
          | (1ULL << (NasParser::OR - 19)))) != 0)) {
          setState(323);
          infix();
          setState(324);
          term();
          setState(330);
          _errHandler->sync(this);
          _la = _input->LA(1);
        }
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- InfixContext ------------------------------------------------------------------

NasParser::InfixContext::InfixContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::InfixContext::AND() {
  return getToken(NasParser::AND, 0);
}

tree::TerminalNode* NasParser::InfixContext::OR() {
  return getToken(NasParser::OR, 0);
}

tree::TerminalNode* NasParser::InfixContext::PLUS() {
  return getToken(NasParser::PLUS, 0);
}

tree::TerminalNode* NasParser::InfixContext::MINUS() {
  return getToken(NasParser::MINUS, 0);
}

tree::TerminalNode* NasParser::InfixContext::TIMES() {
  return getToken(NasParser::TIMES, 0);
}

tree::TerminalNode* NasParser::InfixContext::DIVIDE() {
  return getToken(NasParser::DIVIDE, 0);
}

tree::TerminalNode* NasParser::InfixContext::MODULO() {
  return getToken(NasParser::MODULO, 0);
}

tree::TerminalNode* NasParser::InfixContext::POWER() {
  return getToken(NasParser::POWER, 0);
}

tree::TerminalNode* NasParser::InfixContext::LESS() {
  return getToken(NasParser::LESS, 0);
}

tree::TerminalNode* NasParser::InfixContext::LESS_EQUAL() {
  return getToken(NasParser::LESS_EQUAL, 0);
}

tree::TerminalNode* NasParser::InfixContext::GREATER() {
  return getToken(NasParser::GREATER, 0);
}

tree::TerminalNode* NasParser::InfixContext::GREATER_EQUAL() {
  return getToken(NasParser::GREATER_EQUAL, 0);
}

tree::TerminalNode* NasParser::InfixContext::EQUAL() {
  return getToken(NasParser::EQUAL, 0);
}

tree::TerminalNode* NasParser::InfixContext::UNEQUAL() {
  return getToken(NasParser::UNEQUAL, 0);
}

tree::TerminalNode* NasParser::InfixContext::DOTS() {
  return getToken(NasParser::DOTS, 0);
}

tree::TerminalNode* NasParser::InfixContext::STEP() {
  return getToken(NasParser::STEP, 0);
}


size_t NasParser::InfixContext::getRuleIndex() const {
  return NasParser::RuleInfix;
}


NasParser::InfixContext* NasParser::infix() {
  InfixContext *_localctx = _tracker.createInstance<InfixContext>(_ctx, getState());
  enterRule(_localctx, 60, NasParser::RuleInfix);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(333);
    _la = _input->LA(1);
    if (!(((((_la - 19) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 19)) & ((1ULL << (NasParser::DOTS - 19))
      | (1ULL << (NasParser::POWER - 19))
      | (1ULL << (NasParser::PLUS - 19))
      | (1ULL << (NasParser::MINUS - 19))
      | (1ULL << (NasParser::TIMES - 19))
      | (1ULL << (NasParser::DIVIDE - 19))
      | (1ULL << (NasParser::MODULO - 19))
      | (1ULL << (NasParser::LESS - 19))
      | (1ULL << (NasParser::LESS_EQUAL - 19))
      | (1ULL << (NasParser::GREATER - 19))
      | (1ULL << (NasParser::GREATER_EQUAL - 19))
      | (1ULL << (NasParser::EQUAL - 19))
      | (1ULL << (NasParser::UNEQUAL - 19))
      | (1ULL << (NasParser::STEP - 19))
      | (1ULL << (NasParser::AND - 19))
      | (1ULL << (NasParser::OR - 19)))) != 0))) {
    _errHandler->recoverInline(this);
    }
    else {
      _errHandler->reportMatch(this);
      consume();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- TermContext ------------------------------------------------------------------

NasParser::TermContext::TermContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::AtomContext* NasParser::TermContext::atom() {
  return getRuleContext<NasParser::AtomContext>(0);
}

std::vector<NasParser::SuffixContext *> NasParser::TermContext::suffix() {
  return getRuleContexts<NasParser::SuffixContext>();
}

NasParser::SuffixContext* NasParser::TermContext::suffix(size_t i) {
  return getRuleContext<NasParser::SuffixContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::TermContext::MINUS() {
  return getTokens(NasParser::MINUS);
}

tree::TerminalNode* NasParser::TermContext::MINUS(size_t i) {
  return getToken(NasParser::MINUS, i);
}

std::vector<tree::TerminalNode *> NasParser::TermContext::NOT() {
  return getTokens(NasParser::NOT);
}

tree::TerminalNode* NasParser::TermContext::NOT(size_t i) {
  return getToken(NasParser::NOT, i);
}


size_t NasParser::TermContext::getRuleIndex() const {
  return NasParser::RuleTerm;
}


NasParser::TermContext* NasParser::term() {
  TermContext *_localctx = _tracker.createInstance<TermContext>(_ctx, getState());
  enterRule(_localctx, 62, NasParser::RuleTerm);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(338);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::MINUS

    || _la == NasParser::NOT) {
      setState(335);
      _la = _input->LA(1);
      if (!(_la == NasParser::MINUS

      || _la == NasParser::NOT)) {
      _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
      setState(340);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(341);
    atom();
    setState(345);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::OPEN_PAREN)
      | (1ULL << NasParser::OPEN_LIST)
      | (1ULL << NasParser::DOT)
      | (1ULL << NasParser::AT))) != 0)) {
      setState(342);
      suffix();
      setState(347);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- SuffixContext ------------------------------------------------------------------

NasParser::SuffixContext::SuffixContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::SuffixContext::DOT() {
  return getToken(NasParser::DOT, 0);
}

tree::TerminalNode* NasParser::SuffixContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::SuffixContext::AT() {
  return getToken(NasParser::AT, 0);
}

tree::TerminalNode* NasParser::SuffixContext::OPEN_PAREN() {
  return getToken(NasParser::OPEN_PAREN, 0);
}

tree::TerminalNode* NasParser::SuffixContext::CLOSE_PAREN() {
  return getToken(NasParser::CLOSE_PAREN, 0);
}

std::vector<NasParser::ArgumentContext *> NasParser::SuffixContext::argument() {
  return getRuleContexts<NasParser::ArgumentContext>();
}

NasParser::ArgumentContext* NasParser::SuffixContext::argument(size_t i) {
  return getRuleContext<NasParser::ArgumentContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::SuffixContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::SuffixContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}

tree::TerminalNode* NasParser::SuffixContext::OPEN_LIST() {
  return getToken(NasParser::OPEN_LIST, 0);
}

tree::TerminalNode* NasParser::SuffixContext::CLOSE_LIST() {
  return getToken(NasParser::CLOSE_LIST, 0);
}

tree::TerminalNode* NasParser::SuffixContext::TIMES() {
  return getToken(NasParser::TIMES, 0);
}

NasParser::ExprContext* NasParser::SuffixContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SuffixContext::getRuleIndex() const {
  return NasParser::RuleSuffix;
}


NasParser::SuffixContext* NasParser::suffix() {
  SuffixContext *_localctx = _tracker.createInstance<SuffixContext>(_ctx, getState());
  enterRule(_localctx, 64, NasParser::RuleSuffix);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(370);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::DOT: {
        enterOuterAlt(_localctx, 1);
        setState(348);
        match(NasParser::DOT);
        setState(349);
        match(NasParser::NAME);
        break;
      }

      case NasParser::AT: {
        enterOuterAlt(_localctx, 2);
        setState(350);
        match(NasParser::AT);
        setState(351);
        match(NasParser::NAME);
        break;
      }

      case NasParser::OPEN_PAREN: {
        enterOuterAlt(_localctx, 3);
        setState(352);
        match(NasParser::OPEN_PAREN);
        setState(361);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << NasParser::NUMBER)
          | (1ULL << NasParser::STRING)
          | (1ULL << NasParser::OPEN_PAREN)
          | (1ULL << NasParser::OPEN_LIST)
          | (1ULL << NasParser::MINUS)
          | (1ULL << NasParser::NAME)
          | (1ULL << NasParser::REPEAT)
          | (1ULL << NasParser::CHOICE)
          | (1ULL << NasParser::COND))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 65)) & ((1ULL << (NasParser::NOT - 65))
          | (1ULL << (NasParser::TRUE - 65))
          | (1ULL << (NasParser::FALSE - 65)))) != 0)) {
          setState(353);
          argument();
          setState(358);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == NasParser::COMMA) {
            setState(354);
            match(NasParser::COMMA);
            setState(355);
            argument();
            setState(360);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
        }
        setState(363);
        match(NasParser::CLOSE_PAREN);
        break;
      }

      case NasParser::OPEN_LIST: {
        enterOuterAlt(_localctx, 4);
        setState(364);
        match(NasParser::OPEN_LIST);
        setState(367);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case NasParser::TIMES: {
            setState(365);
            match(NasParser::TIMES);
            break;
          }

          case NasParser::NUMBER:
          case NasParser::STRING:
          case NasParser::OPEN_PAREN:
          case NasParser::OPEN_LIST:
          case NasParser::MINUS:
          case NasParser::NAME:
          case NasParser::REPEAT:
          case NasParser::CHOICE:
          case NasParser::COND:
          case NasParser::NOT:
          case NasParser::TRUE:
          case NasParser::FALSE: {
            setState(366);
            expr();
            break;
          }

        default:
          throw NoViableAltException(this);
        }
        setState(369);
        match(NasParser::CLOSE_LIST);
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ArgumentContext ------------------------------------------------------------------

NasParser::ArgumentContext::ArgumentContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::ExprContext* NasParser::ArgumentContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::ArgumentContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::ArgumentContext::ASSIGN() {
  return getToken(NasParser::ASSIGN, 0);
}


size_t NasParser::ArgumentContext::getRuleIndex() const {
  return NasParser::RuleArgument;
}


NasParser::ArgumentContext* NasParser::argument() {
  ArgumentContext *_localctx = _tracker.createInstance<ArgumentContext>(_ctx, getState());
  enterRule(_localctx, 66, NasParser::RuleArgument);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(374);
    _errHandler->sync(this);

    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 41, _ctx)) {
    case 1: {
      setState(372);
      match(NasParser::NAME);
      setState(373);
      match(NasParser::ASSIGN);
      break;
    }

    }
    setState(376);
    expr();
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- AtomContext ------------------------------------------------------------------

NasParser::AtomContext::AtomContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::AtomContext::NUMBER() {
  return getToken(NasParser::NUMBER, 0);
}

tree::TerminalNode* NasParser::AtomContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

tree::TerminalNode* NasParser::AtomContext::TRUE() {
  return getToken(NasParser::TRUE, 0);
}

tree::TerminalNode* NasParser::AtomContext::FALSE() {
  return getToken(NasParser::FALSE, 0);
}

tree::TerminalNode* NasParser::AtomContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

tree::TerminalNode* NasParser::AtomContext::OPEN_PAREN() {
  return getToken(NasParser::OPEN_PAREN, 0);
}

std::vector<NasParser::ExprContext *> NasParser::AtomContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::AtomContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

tree::TerminalNode* NasParser::AtomContext::CLOSE_PAREN() {
  return getToken(NasParser::CLOSE_PAREN, 0);
}

tree::TerminalNode* NasParser::AtomContext::OPEN_LIST() {
  return getToken(NasParser::OPEN_LIST, 0);
}

tree::TerminalNode* NasParser::AtomContext::CLOSE_LIST() {
  return getToken(NasParser::CLOSE_LIST, 0);
}

std::vector<tree::TerminalNode *> NasParser::AtomContext::COMMA() {
  return getTokens(NasParser::COMMA);
}

tree::TerminalNode* NasParser::AtomContext::COMMA(size_t i) {
  return getToken(NasParser::COMMA, i);
}

tree::TerminalNode* NasParser::AtomContext::CHOICE() {
  return getToken(NasParser::CHOICE, 0);
}

tree::TerminalNode* NasParser::AtomContext::OPEN_BRACE() {
  return getToken(NasParser::OPEN_BRACE, 0);
}

tree::TerminalNode* NasParser::AtomContext::CLOSE_BRACE() {
  return getToken(NasParser::CLOSE_BRACE, 0);
}

std::vector<NasParser::ArmContext *> NasParser::AtomContext::arm() {
  return getRuleContexts<NasParser::ArmContext>();
}

NasParser::ArmContext* NasParser::AtomContext::arm(size_t i) {
  return getRuleContext<NasParser::ArmContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::AtomContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::AtomContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

tree::TerminalNode* NasParser::AtomContext::REPEAT() {
  return getToken(NasParser::REPEAT, 0);
}

NasParser::SpaceBodyContext* NasParser::AtomContext::spaceBody() {
  return getRuleContext<NasParser::SpaceBodyContext>(0);
}

tree::TerminalNode* NasParser::AtomContext::IN() {
  return getToken(NasParser::IN, 0);
}


size_t NasParser::AtomContext::getRuleIndex() const {
  return NasParser::RuleAtom;
}


NasParser::AtomContext* NasParser::atom() {
  AtomContext *_localctx = _tracker.createInstance<AtomContext>(_ctx, getState());
  enterRule(_localctx, 68, NasParser::RuleAtom);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(420);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::NUMBER: {
        enterOuterAlt(_localctx, 1);
        setState(378);
        match(NasParser::NUMBER);
        break;
      }

      case NasParser::STRING: {
        enterOuterAlt(_localctx, 2);
        setState(379);
        match(NasParser::STRING);
        break;
      }

      case NasParser::TRUE: {
        enterOuterAlt(_localctx, 3);
        setState(380);
        match(NasParser::TRUE);
        break;
      }

      case NasParser::FALSE: {
        enterOuterAlt(_localctx, 4);
        setState(381);
        match(NasParser::FALSE);
        break;
      }

      case NasParser::NAME: {
        enterOuterAlt(_localctx, 5);
        setState(382);
        match(NasParser::NAME);
        break;
      }

      case NasParser::OPEN_PAREN: {
        enterOuterAlt(_localctx, 6);
        setState(383);
        match(NasParser::OPEN_PAREN);
        setState(384);
        expr();
        setState(385);
        match(NasParser::CLOSE_PAREN);
        break;
      }

      case NasParser::OPEN_LIST: {
        enterOuterAlt(_localctx, 7);
        setState(387);
        match(NasParser::OPEN_LIST);
        setState(396);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << NasParser::NUMBER)
          | (1ULL << NasParser::STRING)
          | (1ULL << NasParser::OPEN_PAREN)
          | (1ULL << NasParser::OPEN_LIST)
          | (1ULL << NasParser::MINUS)
          | (1ULL << NasParser::NAME)
          | (1ULL << NasParser::REPEAT)
          | (1ULL << NasParser::CHOICE)
          | (1ULL << NasParser::COND))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 65)) & ((1ULL << (NasParser::NOT - 65))
          | (1ULL << (NasParser::TRUE - 65))
          | (1ULL << (NasParser::FALSE - 65)))) != 0)) {
          setState(388);
          expr();
          setState(393);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == NasParser::COMMA) {
            setState(389);
            match(NasParser::COMMA);
            setState(390);
            expr();
            setState(395);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
        }
        setState(398);
        match(NasParser::CLOSE_LIST);
        break;
      }

      case NasParser::CHOICE: {
        enterOuterAlt(_localctx, 8);
        setState(399);
        match(NasParser::CHOICE);
        setState(400);
        match(NasParser::OPEN_BRACE);
        setState(409);
        _errHandler->sync(this);

        _la = _input->LA(1);
        if ((((_la & ~ 0x3fULL) == 0) &&
          ((1ULL << _la) & ((1ULL << NasParser::NUMBER)
          | (1ULL << NasParser::STRING)
          | (1ULL << NasParser::OPEN_PAREN)
          | (1ULL << NasParser::OPEN_LIST)
          | (1ULL << NasParser::MINUS)
          | (1ULL << NasParser::NAME)
          | (1ULL << NasParser::REPEAT)
          | (1ULL << NasParser::CHOICE)
          | (1ULL << NasParser::COND))) != 0) || ((((_la - 65) & ~ 0x3fULL) == 0) &&
          ((1ULL << (_la - 65)) & ((1ULL << (NasParser::NOT - 65))
          | (1ULL << (NasParser::TRUE - 65))
          | (1ULL << (NasParser::FALSE - 65)))) != 0)) {
          setState(401);
          arm();
          setState(406);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == NasParser::COMMA

          || _la == NasParser::NL) {
            setState(402);
            _la = _input->LA(1);
            if (!(_la == NasParser::COMMA

            || _la == NasParser::NL)) {
            _errHandler->recoverInline(this);
            }
            else {
              _errHandler->reportMatch(this);
              consume();
            }
            setState(403);
            arm();
            setState(408);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
        }
        setState(411);
        match(NasParser::CLOSE_BRACE);
        break;
      }

      case NasParser::REPEAT: {
        enterOuterAlt(_localctx, 9);
        setState(412);
        match(NasParser::REPEAT);
        setState(415);
        _errHandler->sync(this);

        switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 46, _ctx)) {
        case 1: {
          setState(413);
          match(NasParser::NAME);
          setState(414);
          match(NasParser::IN);
          break;
        }

        }
        setState(417);
        expr();
        setState(418);
        spaceBody();
        break;
      }

    default:
      throw NoViableAltException(this);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- ArmContext ------------------------------------------------------------------

NasParser::ArmContext::ArmContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<NasParser::ExprContext *> NasParser::ArmContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ArmContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

tree::TerminalNode* NasParser::ArmContext::IF() {
  return getToken(NasParser::IF, 0);
}


size_t NasParser::ArmContext::getRuleIndex() const {
  return NasParser::RuleArm;
}


NasParser::ArmContext* NasParser::arm() {
  ArmContext *_localctx = _tracker.createInstance<ArmContext>(_ctx, getState());
  enterRule(_localctx, 70, NasParser::RuleArm);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(422);
    expr();
    setState(425);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::IF) {
      setState(423);
      match(NasParser::IF);
      setState(424);
      expr();
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

// Static vars and initialization.
std::vector<dfa::DFA> NasParser::_decisionToDFA;
atn::PredictionContextCache NasParser::_sharedContextCache;

// We own the ATN which in turn owns the ATN states.
atn::ATN NasParser::_atn;
std::vector<uint16_t> NasParser::_serializedATN;

std::vector<std::string> NasParser::_ruleNames = {
  "script", "hole", "statement", "body", "version", "importing", "seed", 
  "let", "param", "require", "show", "def", "parameters", "parameter", "foreach", 
  "branch", "when", "stage", "operands", "operand", "clause", "settings", 
  "setting", "spaceBody", "spaceItem", "bind", "sharedRule", "spelling", 
  "spaceBranch", "expr", "infix", "term", "suffix", "argument", "atom", 
  "arm"
};

std::vector<std::string> NasParser::_literalNames = {
  "", "", "", "", "", "", "", "", "'('", "')'", "'['", "']'", "'{'", "'}'", 
  "','", "'='", "':'", "'.'", "'@'", "'..'", "'^'", "'+'", "'-'", "'*'", 
  "'/'", "'%'", "'<'", "'<='", "'>'", "'>='", "'=='", "'!='"
};

std::vector<std::string> NasParser::_symbolicNames = {
  "", "NUMBER", "STRING", "OPEN_STRING", "WORD", "LINE_END", "COMMENT", 
  "BLANK", "OPEN_PAREN", "CLOSE_PAREN", "OPEN_LIST", "CLOSE_LIST", "OPEN_BRACE", 
  "CLOSE_BRACE", "COMMA", "ASSIGN", "COLON", "DOT", "AT", "DOTS", "POWER", 
  "PLUS", "MINUS", "TIMES", "DIVIDE", "MODULO", "LESS", "LESS_EQUAL", "GREATER", 
  "GREATER_EQUAL", "EQUAL", "UNEQUAL", "STRAY", "NAME", "NL", "BAD", "NAS", 
  "IMPORT", "SEED", "LET", "PARAM", "REQUIRE", "SHOW", "DEF", "DEF_SPACE", 
  "FOREACH", "WHEN", "OTHERWISE", "IF", "ELSE", "STAGE", "CLAUSE", "AS", 
  "IN", "STEP", "MAXIMIZE", "MINIMIZE", "RULE", "SPELLING", "REPEAT", "CHOICE", 
  "COND", "THEN", "AND", "OR", "NOT", "TRUE", "FALSE"
};

dfa::Vocabulary NasParser::_vocabulary(_literalNames, _symbolicNames);

std::vector<std::string> NasParser::_tokenNames;

NasParser::Initializer::Initializer() {
	for (size_t i = 0; i < _symbolicNames.size(); ++i) {
		std::string name = _vocabulary.getLiteralName(i);
		if (name.empty()) {
			name = _vocabulary.getSymbolicName(i);
		}

		if (name.empty()) {
			_tokenNames.push_back("<INVALID>");
		} else {
      _tokenNames.push_back(name);
    }
	}

  _serializedATN = {
    0x3, 0x608b, 0xa72a, 0x8133, 0xb9ed, 0x417c, 0x3be7, 0x7786, 0x5964, 
    0x3, 0x45, 0x1ae, 0x4, 0x2, 0x9, 0x2, 0x4, 0x3, 0x9, 0x3, 0x4, 0x4, 
    0x9, 0x4, 0x4, 0x5, 0x9, 0x5, 0x4, 0x6, 0x9, 0x6, 0x4, 0x7, 0x9, 0x7, 
    0x4, 0x8, 0x9, 0x8, 0x4, 0x9, 0x9, 0x9, 0x4, 0xa, 0x9, 0xa, 0x4, 0xb, 
    0x9, 0xb, 0x4, 0xc, 0x9, 0xc, 0x4, 0xd, 0x9, 0xd, 0x4, 0xe, 0x9, 0xe, 
    0x4, 0xf, 0x9, 0xf, 0x4, 0x10, 0x9, 0x10, 0x4, 0x11, 0x9, 0x11, 0x4, 
    0x12, 0x9, 0x12, 0x4, 0x13, 0x9, 0x13, 0x4, 0x14, 0x9, 0x14, 0x4, 0x15, 
    0x9, 0x15, 0x4, 0x16, 0x9, 0x16, 0x4, 0x17, 0x9, 0x17, 0x4, 0x18, 0x9, 
    0x18, 0x4, 0x19, 0x9, 0x19, 0x4, 0x1a, 0x9, 0x1a, 0x4, 0x1b, 0x9, 0x1b, 
    0x4, 0x1c, 0x9, 0x1c, 0x4, 0x1d, 0x9, 0x1d, 0x4, 0x1e, 0x9, 0x1e, 0x4, 
    0x1f, 0x9, 0x1f, 0x4, 0x20, 0x9, 0x20, 0x4, 0x21, 0x9, 0x21, 0x4, 0x22, 
    0x9, 0x22, 0x4, 0x23, 0x9, 0x23, 0x4, 0x24, 0x9, 0x24, 0x4, 0x25, 0x9, 
    0x25, 0x3, 0x2, 0x3, 0x2, 0x3, 0x2, 0x3, 0x2, 0x7, 0x2, 0x4f, 0xa, 0x2, 
    0xc, 0x2, 0xe, 0x2, 0x52, 0xb, 0x2, 0x3, 0x2, 0x3, 0x2, 0x3, 0x3, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 
    0x4, 0x65, 0xa, 0x4, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 0x3, 0x5, 
    0x7, 0x5, 0x6c, 0xa, 0x5, 0xc, 0x5, 0xe, 0x5, 0x6f, 0xb, 0x5, 0x3, 0x5, 
    0x3, 0x5, 0x3, 0x6, 0x3, 0x6, 0x3, 0x6, 0x3, 0x7, 0x3, 0x7, 0x3, 0x7, 
    0x3, 0x7, 0x5, 0x7, 0x7a, 0xa, 0x7, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x3, 
    0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x3, 0xa, 0x3, 0xa, 0x3, 
    0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x5, 0xa, 0x8c, 
    0xa, 0xa, 0x3, 0xa, 0x5, 0xa, 0x8f, 0xa, 0xa, 0x3, 0xb, 0x3, 0xb, 0x3, 
    0xb, 0x3, 0xb, 0x5, 0xb, 0x95, 0xa, 0xb, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 
    0x3, 0xc, 0x7, 0xc, 0x9b, 0xa, 0xc, 0xc, 0xc, 0xe, 0xc, 0x9e, 0xb, 0xc, 
    0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 0xd, 0xa4, 0xa, 0xd, 0x3, 
    0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 
    0xd, 0xad, 0xa, 0xd, 0x3, 0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xe, 0x7, 0xe, 
    0xb3, 0xa, 0xe, 0xc, 0xe, 0xe, 0xe, 0xb6, 0xb, 0xe, 0x5, 0xe, 0xb8, 
    0xa, 0xe, 0x3, 0xe, 0x3, 0xe, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 
    0xbf, 0xa, 0xf, 0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 0xc3, 0xa, 0xf, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x11, 0x3, 
    0x11, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x5, 0x11, 0xd1, 0xa, 
    0x11, 0x5, 0x11, 0xd3, 0xa, 0x11, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 
    0x12, 0x3, 0x12, 0x5, 0x12, 0xda, 0xa, 0x12, 0x3, 0x13, 0x3, 0x13, 0x3, 
    0x13, 0x5, 0x13, 0xdf, 0xa, 0x13, 0x3, 0x13, 0x5, 0x13, 0xe2, 0xa, 0x13, 
    0x3, 0x13, 0x7, 0x13, 0xe5, 0xa, 0x13, 0xc, 0x13, 0xe, 0x13, 0xe8, 0xb, 
    0x13, 0x3, 0x13, 0x5, 0x13, 0xeb, 0xa, 0x13, 0x3, 0x14, 0x3, 0x14, 0x3, 
    0x14, 0x7, 0x14, 0xf0, 0xa, 0x14, 0xc, 0x14, 0xe, 0x14, 0xf3, 0xb, 0x14, 
    0x3, 0x15, 0x5, 0x15, 0xf6, 0xa, 0x15, 0x3, 0x15, 0x3, 0x15, 0x3, 0x16, 
    0x3, 0x16, 0x3, 0x16, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x17, 0x7, 
    0x17, 0x101, 0xa, 0x17, 0xc, 0x17, 0xe, 0x17, 0x104, 0xb, 0x17, 0x5, 
    0x17, 0x106, 0xa, 0x17, 0x3, 0x17, 0x3, 0x17, 0x3, 0x18, 0x3, 0x18, 
    0x3, 0x18, 0x3, 0x18, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 
    0x19, 0x7, 0x19, 0x113, 0xa, 0x19, 0xc, 0x19, 0xe, 0x19, 0x116, 0xb, 
    0x19, 0x3, 0x19, 0x3, 0x19, 0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1a, 
    0x3, 0x1a, 0x3, 0x1a, 0x3, 0x1a, 0x5, 0x1a, 0x121, 0xa, 0x1a, 0x3, 0x1b, 
    0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1b, 0x3, 0x1c, 0x3, 0x1c, 0x3, 0x1c, 0x3, 
    0x1c, 0x3, 0x1c, 0x3, 0x1c, 0x3, 0x1d, 0x3, 0x1d, 0x3, 0x1d, 0x3, 0x1d, 
    0x3, 0x1d, 0x5, 0x1d, 0x132, 0xa, 0x1d, 0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 
    0x3, 0x1e, 0x3, 0x1e, 0x3, 0x1e, 0x5, 0x1e, 0x13a, 0xa, 0x1e, 0x5, 0x1e, 
    0x13c, 0xa, 0x1e, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 
    0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x3, 0x1f, 0x7, 
    0x1f, 0x149, 0xa, 0x1f, 0xc, 0x1f, 0xe, 0x1f, 0x14c, 0xb, 0x1f, 0x5, 
    0x1f, 0x14e, 0xa, 0x1f, 0x3, 0x20, 0x3, 0x20, 0x3, 0x21, 0x7, 0x21, 
    0x153, 0xa, 0x21, 0xc, 0x21, 0xe, 0x21, 0x156, 0xb, 0x21, 0x3, 0x21, 
    0x3, 0x21, 0x7, 0x21, 0x15a, 0xa, 0x21, 0xc, 0x21, 0xe, 0x21, 0x15d, 
    0xb, 0x21, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x3, 
    0x22, 0x3, 0x22, 0x3, 0x22, 0x7, 0x22, 0x167, 0xa, 0x22, 0xc, 0x22, 
    0xe, 0x22, 0x16a, 0xb, 0x22, 0x5, 0x22, 0x16c, 0xa, 0x22, 0x3, 0x22, 
    0x3, 0x22, 0x3, 0x22, 0x3, 0x22, 0x5, 0x22, 0x172, 0xa, 0x22, 0x3, 0x22, 
    0x5, 0x22, 0x175, 0xa, 0x22, 0x3, 0x23, 0x3, 0x23, 0x5, 0x23, 0x179, 
    0xa, 0x23, 0x3, 0x23, 0x3, 0x23, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 
    0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 
    0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x7, 0x24, 0x18a, 0xa, 0x24, 0xc, 0x24, 
    0xe, 0x24, 0x18d, 0xb, 0x24, 0x5, 0x24, 0x18f, 0xa, 0x24, 0x3, 0x24, 
    0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x7, 0x24, 0x197, 
    0xa, 0x24, 0xc, 0x24, 0xe, 0x24, 0x19a, 0xb, 0x24, 0x5, 0x24, 0x19c, 
    0xa, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x5, 0x24, 0x1a2, 
    0xa, 0x24, 0x3, 0x24, 0x3, 0x24, 0x3, 0x24, 0x5, 0x24, 0x1a7, 0xa, 0x24, 
    0x3, 0x25, 0x3, 0x25, 0x3, 0x25, 0x5, 0x25, 0x1ac, 0xa, 0x25, 0x3, 0x25, 
    0x2, 0x2, 0x26, 0x2, 0x4, 0x6, 0x8, 0xa, 0xc, 0xe, 0x10, 0x12, 0x14, 
    0x16, 0x18, 0x1a, 0x1c, 0x1e, 0x20, 0x22, 0x24, 0x26, 0x28, 0x2a, 0x2c, 
    0x2e, 0x30, 0x32, 0x34, 0x36, 0x38, 0x3a, 0x3c, 0x3e, 0x40, 0x42, 0x44, 
    0x46, 0x48, 0x2, 0x7, 0x3, 0x2, 0x39, 0x3a, 0x3, 0x2, 0x35, 0x36, 0x4, 
    0x2, 0x10, 0x10, 0x24, 0x24, 0x5, 0x2, 0x15, 0x21, 0x38, 0x38, 0x41, 
    0x42, 0x4, 0x2, 0x18, 0x18, 0x43, 0x43, 0x2, 0x1d2, 0x2, 0x50, 0x3, 
    0x2, 0x2, 0x2, 0x4, 0x55, 0x3, 0x2, 0x2, 0x2, 0x6, 0x64, 0x3, 0x2, 0x2, 
    0x2, 0x8, 0x66, 0x3, 0x2, 0x2, 0x2, 0xa, 0x72, 0x3, 0x2, 0x2, 0x2, 0xc, 
    0x75, 0x3, 0x2, 0x2, 0x2, 0xe, 0x7b, 0x3, 0x2, 0x2, 0x2, 0x10, 0x7e, 
    0x3, 0x2, 0x2, 0x2, 0x12, 0x83, 0x3, 0x2, 0x2, 0x2, 0x14, 0x90, 0x3, 
    0x2, 0x2, 0x2, 0x16, 0x96, 0x3, 0x2, 0x2, 0x2, 0x18, 0xac, 0x3, 0x2, 
    0x2, 0x2, 0x1a, 0xae, 0x3, 0x2, 0x2, 0x2, 0x1c, 0xbb, 0x3, 0x2, 0x2, 
    0x2, 0x1e, 0xc4, 0x3, 0x2, 0x2, 0x2, 0x20, 0xca, 0x3, 0x2, 0x2, 0x2, 
    0x22, 0xd4, 0x3, 0x2, 0x2, 0x2, 0x24, 0xdb, 0x3, 0x2, 0x2, 0x2, 0x26, 
    0xec, 0x3, 0x2, 0x2, 0x2, 0x28, 0xf5, 0x3, 0x2, 0x2, 0x2, 0x2a, 0xf9, 
    0x3, 0x2, 0x2, 0x2, 0x2c, 0xfc, 0x3, 0x2, 0x2, 0x2, 0x2e, 0x109, 0x3, 
    0x2, 0x2, 0x2, 0x30, 0x10d, 0x3, 0x2, 0x2, 0x2, 0x32, 0x120, 0x3, 0x2, 
    0x2, 0x2, 0x34, 0x122, 0x3, 0x2, 0x2, 0x2, 0x36, 0x126, 0x3, 0x2, 0x2, 
    0x2, 0x38, 0x12c, 0x3, 0x2, 0x2, 0x2, 0x3a, 0x133, 0x3, 0x2, 0x2, 0x2, 
    0x3c, 0x14d, 0x3, 0x2, 0x2, 0x2, 0x3e, 0x14f, 0x3, 0x2, 0x2, 0x2, 0x40, 
    0x154, 0x3, 0x2, 0x2, 0x2, 0x42, 0x174, 0x3, 0x2, 0x2, 0x2, 0x44, 0x178, 
    0x3, 0x2, 0x2, 0x2, 0x46, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x48, 0x1a8, 0x3, 
    0x2, 0x2, 0x2, 0x4a, 0x4f, 0x7, 0x24, 0x2, 0x2, 0x4b, 0x4c, 0x5, 0x6, 
    0x4, 0x2, 0x4c, 0x4d, 0x7, 0x24, 0x2, 0x2, 0x4d, 0x4f, 0x3, 0x2, 0x2, 
    0x2, 0x4e, 0x4a, 0x3, 0x2, 0x2, 0x2, 0x4e, 0x4b, 0x3, 0x2, 0x2, 0x2, 
    0x4f, 0x52, 0x3, 0x2, 0x2, 0x2, 0x50, 0x4e, 0x3, 0x2, 0x2, 0x2, 0x50, 
    0x51, 0x3, 0x2, 0x2, 0x2, 0x51, 0x53, 0x3, 0x2, 0x2, 0x2, 0x52, 0x50, 
    0x3, 0x2, 0x2, 0x2, 0x53, 0x54, 0x7, 0x2, 0x2, 0x3, 0x54, 0x3, 0x3, 
    0x2, 0x2, 0x2, 0x55, 0x56, 0x5, 0x3c, 0x1f, 0x2, 0x56, 0x57, 0x7, 0x2, 
    0x2, 0x3, 0x57, 0x5, 0x3, 0x2, 0x2, 0x2, 0x58, 0x65, 0x5, 0xa, 0x6, 
    0x2, 0x59, 0x65, 0x5, 0xc, 0x7, 0x2, 0x5a, 0x65, 0x5, 0xe, 0x8, 0x2, 
    0x5b, 0x65, 0x5, 0x10, 0x9, 0x2, 0x5c, 0x65, 0x5, 0x12, 0xa, 0x2, 0x5d, 
    0x65, 0x5, 0x14, 0xb, 0x2, 0x5e, 0x65, 0x5, 0x16, 0xc, 0x2, 0x5f, 0x65, 
    0x5, 0x18, 0xd, 0x2, 0x60, 0x65, 0x5, 0x1e, 0x10, 0x2, 0x61, 0x65, 0x5, 
    0x20, 0x11, 0x2, 0x62, 0x65, 0x5, 0x22, 0x12, 0x2, 0x63, 0x65, 0x5, 
    0x24, 0x13, 0x2, 0x64, 0x58, 0x3, 0x2, 0x2, 0x2, 0x64, 0x59, 0x3, 0x2, 
    0x2, 0x2, 0x64, 0x5a, 0x3, 0x2, 0x2, 0x2, 0x64, 0x5b, 0x3, 0x2, 0x2, 
    0x2, 0x64, 0x5c, 0x3, 0x2, 0x2, 0x2, 0x64, 0x5d, 0x3, 0x2, 0x2, 0x2, 
    0x64, 0x5e, 0x3, 0x2, 0x2, 0x2, 0x64, 0x5f, 0x3, 0x2, 0x2, 0x2, 0x64, 
    0x60, 0x3, 0x2, 0x2, 0x2, 0x64, 0x61, 0x3, 0x2, 0x2, 0x2, 0x64, 0x62, 
    0x3, 0x2, 0x2, 0x2, 0x64, 0x63, 0x3, 0x2, 0x2, 0x2, 0x65, 0x7, 0x3, 
    0x2, 0x2, 0x2, 0x66, 0x6d, 0x7, 0xe, 0x2, 0x2, 0x67, 0x6c, 0x7, 0x24, 
    0x2, 0x2, 0x68, 0x69, 0x5, 0x6, 0x4, 0x2, 0x69, 0x6a, 0x7, 0x24, 0x2, 
    0x2, 0x6a, 0x6c, 0x3, 0x2, 0x2, 0x2, 0x6b, 0x67, 0x3, 0x2, 0x2, 0x2, 
    0x6b, 0x68, 0x3, 0x2, 0x2, 0x2, 0x6c, 0x6f, 0x3, 0x2, 0x2, 0x2, 0x6d, 
    0x6b, 0x3, 0x2, 0x2, 0x2, 0x6d, 0x6e, 0x3, 0x2, 0x2, 0x2, 0x6e, 0x70, 
    0x3, 0x2, 0x2, 0x2, 0x6f, 0x6d, 0x3, 0x2, 0x2, 0x2, 0x70, 0x71, 0x7, 
    0xf, 0x2, 0x2, 0x71, 0x9, 0x3, 0x2, 0x2, 0x2, 0x72, 0x73, 0x7, 0x26, 
    0x2, 0x2, 0x73, 0x74, 0x7, 0x3, 0x2, 0x2, 0x74, 0xb, 0x3, 0x2, 0x2, 
    0x2, 0x75, 0x76, 0x7, 0x27, 0x2, 0x2, 0x76, 0x79, 0x7, 0x4, 0x2, 0x2, 
    0x77, 0x78, 0x7, 0x36, 0x2, 0x2, 0x78, 0x7a, 0x7, 0x23, 0x2, 0x2, 0x79, 
    0x77, 0x3, 0x2, 0x2, 0x2, 0x79, 0x7a, 0x3, 0x2, 0x2, 0x2, 0x7a, 0xd, 
    0x3, 0x2, 0x2, 0x2, 0x7b, 0x7c, 0x7, 0x28, 0x2, 0x2, 0x7c, 0x7d, 0x5, 
    0x3c, 0x1f, 0x2, 0x7d, 0xf, 0x3, 0x2, 0x2, 0x2, 0x7e, 0x7f, 0x7, 0x29, 
    0x2, 0x2, 0x7f, 0x80, 0x7, 0x23, 0x2, 0x2, 0x80, 0x81, 0x7, 0x11, 0x2, 
    0x2, 0x81, 0x82, 0x5, 0x3c, 0x1f, 0x2, 0x82, 0x11, 0x3, 0x2, 0x2, 0x2, 
    0x83, 0x84, 0x7, 0x2a, 0x2, 0x2, 0x84, 0x85, 0x7, 0x23, 0x2, 0x2, 0x85, 
    0x86, 0x7, 0x12, 0x2, 0x2, 0x86, 0x87, 0x7, 0x23, 0x2, 0x2, 0x87, 0x88, 
    0x7, 0x11, 0x2, 0x2, 0x88, 0x8b, 0x5, 0x3c, 0x1f, 0x2, 0x89, 0x8a, 0x7, 
    0x37, 0x2, 0x2, 0x8a, 0x8c, 0x5, 0x3c, 0x1f, 0x2, 0x8b, 0x89, 0x3, 0x2, 
    0x2, 0x2, 0x8b, 0x8c, 0x3, 0x2, 0x2, 0x2, 0x8c, 0x8e, 0x3, 0x2, 0x2, 
    0x2, 0x8d, 0x8f, 0x7, 0x4, 0x2, 0x2, 0x8e, 0x8d, 0x3, 0x2, 0x2, 0x2, 
    0x8e, 0x8f, 0x3, 0x2, 0x2, 0x2, 0x8f, 0x13, 0x3, 0x2, 0x2, 0x2, 0x90, 
    0x91, 0x7, 0x2b, 0x2, 0x2, 0x91, 0x94, 0x5, 0x3c, 0x1f, 0x2, 0x92, 0x93, 
    0x7, 0x10, 0x2, 0x2, 0x93, 0x95, 0x7, 0x4, 0x2, 0x2, 0x94, 0x92, 0x3, 
    0x2, 0x2, 0x2, 0x94, 0x95, 0x3, 0x2, 0x2, 0x2, 0x95, 0x15, 0x3, 0x2, 
    0x2, 0x2, 0x96, 0x97, 0x7, 0x2c, 0x2, 0x2, 0x97, 0x9c, 0x5, 0x3c, 0x1f, 
    0x2, 0x98, 0x99, 0x7, 0x10, 0x2, 0x2, 0x99, 0x9b, 0x5, 0x3c, 0x1f, 0x2, 
    0x9a, 0x98, 0x3, 0x2, 0x2, 0x2, 0x9b, 0x9e, 0x3, 0x2, 0x2, 0x2, 0x9c, 
    0x9a, 0x3, 0x2, 0x2, 0x2, 0x9c, 0x9d, 0x3, 0x2, 0x2, 0x2, 0x9d, 0x17, 
    0x3, 0x2, 0x2, 0x2, 0x9e, 0x9c, 0x3, 0x2, 0x2, 0x2, 0x9f, 0xa0, 0x7, 
    0x2d, 0x2, 0x2, 0xa0, 0xa1, 0x7, 0x2e, 0x2, 0x2, 0xa1, 0xa3, 0x7, 0x23, 
    0x2, 0x2, 0xa2, 0xa4, 0x5, 0x1a, 0xe, 0x2, 0xa3, 0xa2, 0x3, 0x2, 0x2, 
    0x2, 0xa3, 0xa4, 0x3, 0x2, 0x2, 0x2, 0xa4, 0xa5, 0x3, 0x2, 0x2, 0x2, 
    0xa5, 0xad, 0x5, 0x30, 0x19, 0x2, 0xa6, 0xa7, 0x7, 0x2d, 0x2, 0x2, 0xa7, 
    0xa8, 0x7, 0x23, 0x2, 0x2, 0xa8, 0xa9, 0x5, 0x1a, 0xe, 0x2, 0xa9, 0xaa, 
    0x7, 0x11, 0x2, 0x2, 0xaa, 0xab, 0x5, 0x3c, 0x1f, 0x2, 0xab, 0xad, 0x3, 
    0x2, 0x2, 0x2, 0xac, 0x9f, 0x3, 0x2, 0x2, 0x2, 0xac, 0xa6, 0x3, 0x2, 
    0x2, 0x2, 0xad, 0x19, 0x3, 0x2, 0x2, 0x2, 0xae, 0xb7, 0x7, 0xa, 0x2, 
    0x2, 0xaf, 0xb4, 0x5, 0x1c, 0xf, 0x2, 0xb0, 0xb1, 0x7, 0x10, 0x2, 0x2, 
    0xb1, 0xb3, 0x5, 0x1c, 0xf, 0x2, 0xb2, 0xb0, 0x3, 0x2, 0x2, 0x2, 0xb3, 
    0xb6, 0x3, 0x2, 0x2, 0x2, 0xb4, 0xb2, 0x3, 0x2, 0x2, 0x2, 0xb4, 0xb5, 
    0x3, 0x2, 0x2, 0x2, 0xb5, 0xb8, 0x3, 0x2, 0x2, 0x2, 0xb6, 0xb4, 0x3, 
    0x2, 0x2, 0x2, 0xb7, 0xaf, 0x3, 0x2, 0x2, 0x2, 0xb7, 0xb8, 0x3, 0x2, 
    0x2, 0x2, 0xb8, 0xb9, 0x3, 0x2, 0x2, 0x2, 0xb9, 0xba, 0x7, 0xb, 0x2, 
    0x2, 0xba, 0x1b, 0x3, 0x2, 0x2, 0x2, 0xbb, 0xbe, 0x7, 0x23, 0x2, 0x2, 
    0xbc, 0xbd, 0x7, 0x12, 0x2, 0x2, 0xbd, 0xbf, 0x7, 0x23, 0x2, 0x2, 0xbe, 
    0xbc, 0x3, 0x2, 0x2, 0x2, 0xbe, 0xbf, 0x3, 0x2, 0x2, 0x2, 0xbf, 0xc2, 
    0x3, 0x2, 0x2, 0x2, 0xc0, 0xc1, 0x7, 0x11, 0x2, 0x2, 0xc1, 0xc3, 0x5, 
    0x3c, 0x1f, 0x2, 0xc2, 0xc0, 0x3, 0x2, 0x2, 0x2, 0xc2, 0xc3, 0x3, 0x2, 
    0x2, 0x2, 0xc3, 0x1d, 0x3, 0x2, 0x2, 0x2, 0xc4, 0xc5, 0x7, 0x2f, 0x2, 
    0x2, 0xc5, 0xc6, 0x7, 0x23, 0x2, 0x2, 0xc6, 0xc7, 0x7, 0x37, 0x2, 0x2, 
    0xc7, 0xc8, 0x5, 0x3c, 0x1f, 0x2, 0xc8, 0xc9, 0x5, 0x8, 0x5, 0x2, 0xc9, 
    0x1f, 0x3, 0x2, 0x2, 0x2, 0xca, 0xcb, 0x7, 0x32, 0x2, 0x2, 0xcb, 0xcc, 
    0x5, 0x3c, 0x1f, 0x2, 0xcc, 0xd2, 0x5, 0x8, 0x5, 0x2, 0xcd, 0xd0, 0x7, 
    0x33, 0x2, 0x2, 0xce, 0xd1, 0x5, 0x8, 0x5, 0x2, 0xcf, 0xd1, 0x5, 0x20, 
    0x11, 0x2, 0xd0, 0xce, 0x3, 0x2, 0x2, 0x2, 0xd0, 0xcf, 0x3, 0x2, 0x2, 
    0x2, 0xd1, 0xd3, 0x3, 0x2, 0x2, 0x2, 0xd2, 0xcd, 0x3, 0x2, 0x2, 0x2, 
    0xd2, 0xd3, 0x3, 0x2, 0x2, 0x2, 0xd3, 0x21, 0x3, 0x2, 0x2, 0x2, 0xd4, 
    0xd5, 0x7, 0x30, 0x2, 0x2, 0xd5, 0xd6, 0x5, 0x3c, 0x1f, 0x2, 0xd6, 0xd9, 
    0x5, 0x8, 0x5, 0x2, 0xd7, 0xd8, 0x7, 0x31, 0x2, 0x2, 0xd8, 0xda, 0x5, 
    0x8, 0x5, 0x2, 0xd9, 0xd7, 0x3, 0x2, 0x2, 0x2, 0xd9, 0xda, 0x3, 0x2, 
    0x2, 0x2, 0xda, 0x23, 0x3, 0x2, 0x2, 0x2, 0xdb, 0xde, 0x7, 0x34, 0x2, 
    0x2, 0xdc, 0xdd, 0x7, 0x23, 0x2, 0x2, 0xdd, 0xdf, 0x7, 0x11, 0x2, 0x2, 
    0xde, 0xdc, 0x3, 0x2, 0x2, 0x2, 0xde, 0xdf, 0x3, 0x2, 0x2, 0x2, 0xdf, 
    0xe1, 0x3, 0x2, 0x2, 0x2, 0xe0, 0xe2, 0x5, 0x26, 0x14, 0x2, 0xe1, 0xe0, 
    0x3, 0x2, 0x2, 0x2, 0xe1, 0xe2, 0x3, 0x2, 0x2, 0x2, 0xe2, 0xe6, 0x3, 
    0x2, 0x2, 0x2, 0xe3, 0xe5, 0x5, 0x2a, 0x16, 0x2, 0xe4, 0xe3, 0x3, 0x2, 
    0x2, 0x2, 0xe5, 0xe8, 0x3, 0x2, 0x2, 0x2, 0xe6, 0xe4, 0x3, 0x2, 0x2, 
    0x2, 0xe6, 0xe7, 0x3, 0x2, 0x2, 0x2, 0xe7, 0xea, 0x3, 0x2, 0x2, 0x2, 
    0xe8, 0xe6, 0x3, 0x2, 0x2, 0x2, 0xe9, 0xeb, 0x5, 0x2c, 0x17, 0x2, 0xea, 
    0xe9, 0x3, 0x2, 0x2, 0x2, 0xea, 0xeb, 0x3, 0x2, 0x2, 0x2, 0xeb, 0x25, 
    0x3, 0x2, 0x2, 0x2, 0xec, 0xf1, 0x5, 0x28, 0x15, 0x2, 0xed, 0xee, 0x7, 
    0x10, 0x2, 0x2, 0xee, 0xf0, 0x5, 0x28, 0x15, 0x2, 0xef, 0xed, 0x3, 0x2, 
    0x2, 0x2, 0xf0, 0xf3, 0x3, 0x2, 0x2, 0x2, 0xf1, 0xef, 0x3, 0x2, 0x2, 
    0x2, 0xf1, 0xf2, 0x3, 0x2, 0x2, 0x2, 0xf2, 0x27, 0x3, 0x2, 0x2, 0x2, 
    0xf3, 0xf1, 0x3, 0x2, 0x2, 0x2, 0xf4, 0xf6, 0x9, 0x2, 0x2, 0x2, 0xf5, 
    0xf4, 0x3, 0x2, 0x2, 0x2, 0xf5, 0xf6, 0x3, 0x2, 0x2, 0x2, 0xf6, 0xf7, 
    0x3, 0x2, 0x2, 0x2, 0xf7, 0xf8, 0x5, 0x3c, 0x1f, 0x2, 0xf8, 0x29, 0x3, 
    0x2, 0x2, 0x2, 0xf9, 0xfa, 0x9, 0x3, 0x2, 0x2, 0xfa, 0xfb, 0x5, 0x26, 
    0x14, 0x2, 0xfb, 0x2b, 0x3, 0x2, 0x2, 0x2, 0xfc, 0x105, 0x7, 0xe, 0x2, 
    0x2, 0xfd, 0x102, 0x5, 0x2e, 0x18, 0x2, 0xfe, 0xff, 0x9, 0x4, 0x2, 0x2, 
    0xff, 0x101, 0x5, 0x2e, 0x18, 0x2, 0x100, 0xfe, 0x3, 0x2, 0x2, 0x2, 
    0x101, 0x104, 0x3, 0x2, 0x2, 0x2, 0x102, 0x100, 0x3, 0x2, 0x2, 0x2, 
    0x102, 0x103, 0x3, 0x2, 0x2, 0x2, 0x103, 0x106, 0x3, 0x2, 0x2, 0x2, 
    0x104, 0x102, 0x3, 0x2, 0x2, 0x2, 0x105, 0xfd, 0x3, 0x2, 0x2, 0x2, 0x105, 
    0x106, 0x3, 0x2, 0x2, 0x2, 0x106, 0x107, 0x3, 0x2, 0x2, 0x2, 0x107, 
    0x108, 0x7, 0xf, 0x2, 0x2, 0x108, 0x2d, 0x3, 0x2, 0x2, 0x2, 0x109, 0x10a, 
    0x7, 0x23, 0x2, 0x2, 0x10a, 0x10b, 0x7, 0x11, 0x2, 0x2, 0x10b, 0x10c, 
    0x5, 0x3c, 0x1f, 0x2, 0x10c, 0x2f, 0x3, 0x2, 0x2, 0x2, 0x10d, 0x114, 
    0x7, 0xe, 0x2, 0x2, 0x10e, 0x113, 0x7, 0x24, 0x2, 0x2, 0x10f, 0x110, 
    0x5, 0x32, 0x1a, 0x2, 0x110, 0x111, 0x7, 0x24, 0x2, 0x2, 0x111, 0x113, 
    0x3, 0x2, 0x2, 0x2, 0x112, 0x10e, 0x3, 0x2, 0x2, 0x2, 0x112, 0x10f, 
    0x3, 0x2, 0x2, 0x2, 0x113, 0x116, 0x3, 0x2, 0x2, 0x2, 0x114, 0x112, 
    0x3, 0x2, 0x2, 0x2, 0x114, 0x115, 0x3, 0x2, 0x2, 0x2, 0x115, 0x117, 
    0x3, 0x2, 0x2, 0x2, 0x116, 0x114, 0x3, 0x2, 0x2, 0x2, 0x117, 0x118, 
    0x7, 0xf, 0x2, 0x2, 0x118, 0x31, 0x3, 0x2, 0x2, 0x2, 0x119, 0x121, 0x5, 
    0x34, 0x1b, 0x2, 0x11a, 0x121, 0x5, 0x36, 0x1c, 0x2, 0x11b, 0x121, 0x5, 
    0x38, 0x1d, 0x2, 0x11c, 0x121, 0x5, 0x14, 0xb, 0x2, 0x11d, 0x121, 0x5, 
    0x10, 0x9, 0x2, 0x11e, 0x121, 0x5, 0x3a, 0x1e, 0x2, 0x11f, 0x121, 0x5, 
    0x3c, 0x1f, 0x2, 0x120, 0x119, 0x3, 0x2, 0x2, 0x2, 0x120, 0x11a, 0x3, 
    0x2, 0x2, 0x2, 0x120, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x120, 0x11c, 0x3, 
    0x2, 0x2, 0x2, 0x120, 0x11d, 0x3, 0x2, 0x2, 0x2, 0x120, 0x11e, 0x3, 
    0x2, 0x2, 0x2, 0x120, 0x11f, 0x3, 0x2, 0x2, 0x2, 0x121, 0x33, 0x3, 0x2, 
    0x2, 0x2, 0x122, 0x123, 0x7, 0x23, 0x2, 0x2, 0x123, 0x124, 0x7, 0x11, 
    0x2, 0x2, 0x124, 0x125, 0x5, 0x3c, 0x1f, 0x2, 0x125, 0x35, 0x3, 0x2, 
    0x2, 0x2, 0x126, 0x127, 0x7, 0x3b, 0x2, 0x2, 0x127, 0x128, 0x7, 0x23, 
    0x2, 0x2, 0x128, 0x129, 0x5, 0x1a, 0xe, 0x2, 0x129, 0x12a, 0x7, 0x11, 
    0x2, 0x2, 0x12a, 0x12b, 0x5, 0x3c, 0x1f, 0x2, 0x12b, 0x37, 0x3, 0x2, 
    0x2, 0x2, 0x12c, 0x12d, 0x7, 0x3c, 0x2, 0x2, 0x12d, 0x131, 0x7, 0x23, 
    0x2, 0x2, 0x12e, 0x12f, 0x7, 0x11, 0x2, 0x2, 0x12f, 0x132, 0x5, 0x3c, 
    0x1f, 0x2, 0x130, 0x132, 0x5, 0x2c, 0x17, 0x2, 0x131, 0x12e, 0x3, 0x2, 
    0x2, 0x2, 0x131, 0x130, 0x3, 0x2, 0x2, 0x2, 0x132, 0x39, 0x3, 0x2, 0x2, 
    0x2, 0x133, 0x134, 0x7, 0x32, 0x2, 0x2, 0x134, 0x135, 0x5, 0x3c, 0x1f, 
    0x2, 0x135, 0x13b, 0x5, 0x30, 0x19, 0x2, 0x136, 0x139, 0x7, 0x33, 0x2, 
    0x2, 0x137, 0x13a, 0x5, 0x30, 0x19, 0x2, 0x138, 0x13a, 0x5, 0x3a, 0x1e, 
    0x2, 0x139, 0x137, 0x3, 0x2, 0x2, 0x2, 0x139, 0x138, 0x3, 0x2, 0x2, 
    0x2, 0x13a, 0x13c, 0x3, 0x2, 0x2, 0x2, 0x13b, 0x136, 0x3, 0x2, 0x2, 
    0x2, 0x13b, 0x13c, 0x3, 0x2, 0x2, 0x2, 0x13c, 0x3b, 0x3, 0x2, 0x2, 0x2, 
    0x13d, 0x13e, 0x7, 0x3f, 0x2, 0x2, 0x13e, 0x13f, 0x5, 0x3c, 0x1f, 0x2, 
    0x13f, 0x140, 0x7, 0x40, 0x2, 0x2, 0x140, 0x141, 0x5, 0x3c, 0x1f, 0x2, 
    0x141, 0x142, 0x7, 0x33, 0x2, 0x2, 0x142, 0x143, 0x5, 0x3c, 0x1f, 0x2, 
    0x143, 0x14e, 0x3, 0x2, 0x2, 0x2, 0x144, 0x14a, 0x5, 0x40, 0x21, 0x2, 
    0x145, 0x146, 0x5, 0x3e, 0x20, 0x2, 0x146, 0x147, 0x5, 0x40, 0x21, 0x2, 
    0x147, 0x149, 0x3, 0x2, 0x2, 0x2, 0x148, 0x145, 0x3, 0x2, 0x2, 0x2, 
    0x149, 0x14c, 0x3, 0x2, 0x2, 0x2, 0x14a, 0x148, 0x3, 0x2, 0x2, 0x2, 
    0x14a, 0x14b, 0x3, 0x2, 0x2, 0x2, 0x14b, 0x14e, 0x3, 0x2, 0x2, 0x2, 
    0x14c, 0x14a, 0x3, 0x2, 0x2, 0x2, 0x14d, 0x13d, 0x3, 0x2, 0x2, 0x2, 
    0x14d, 0x144, 0x3, 0x2, 0x2, 0x2, 0x14e, 0x3d, 0x3, 0x2, 0x2, 0x2, 0x14f, 
    0x150, 0x9, 0x5, 0x2, 0x2, 0x150, 0x3f, 0x3, 0x2, 0x2, 0x2, 0x151, 0x153, 
    0x9, 0x6, 0x2, 0x2, 0x152, 0x151, 0x3, 0x2, 0x2, 0x2, 0x153, 0x156, 
    0x3, 0x2, 0x2, 0x2, 0x154, 0x152, 0x3, 0x2, 0x2, 0x2, 0x154, 0x155, 
    0x3, 0x2, 0x2, 0x2, 0x155, 0x157, 0x3, 0x2, 0x2, 0x2, 0x156, 0x154, 
    0x3, 0x2, 0x2, 0x2, 0x157, 0x15b, 0x5, 0x46, 0x24, 0x2, 0x158, 0x15a, 
    0x5, 0x42, 0x22, 0x2, 0x159, 0x158, 0x3, 0x2, 0x2, 0x2, 0x15a, 0x15d, 
    0x3, 0x2, 0x2, 0x2, 0x15b, 0x159, 0x3, 0x2, 0x2, 0x2, 0x15b, 0x15c, 
    0x3, 0x2, 0x2, 0x2, 0x15c, 0x41, 0x3, 0x2, 0x2, 0x2, 0x15d, 0x15b, 0x3, 
    0x2, 0x2, 0x2, 0x15e, 0x15f, 0x7, 0x13, 0x2, 0x2, 0x15f, 0x175, 0x7, 
    0x23, 0x2, 0x2, 0x160, 0x161, 0x7, 0x14, 0x2, 0x2, 0x161, 0x175, 0x7, 
    0x23, 0x2, 0x2, 0x162, 0x16b, 0x7, 0xa, 0x2, 0x2, 0x163, 0x168, 0x5, 
    0x44, 0x23, 0x2, 0x164, 0x165, 0x7, 0x10, 0x2, 0x2, 0x165, 0x167, 0x5, 
    0x44, 0x23, 0x2, 0x166, 0x164, 0x3, 0x2, 0x2, 0x2, 0x167, 0x16a, 0x3, 
    0x2, 0x2, 0x2, 0x168, 0x166, 0x3, 0x2, 0x2, 0x2, 0x168, 0x169, 0x3, 
    0x2, 0x2, 0x2, 0x169, 0x16c, 0x3, 0x2, 0x2, 0x2, 0x16a, 0x168, 0x3, 
    0x2, 0x2, 0x2, 0x16b, 0x163, 0x3, 0x2, 0x2, 0x2, 0x16b, 0x16c, 0x3, 
    0x2, 0x2, 0x2, 0x16c, 0x16d, 0x3, 0x2, 0x2, 0x2, 0x16d, 0x175, 0x7, 
    0xb, 0x2, 0x2, 0x16e, 0x171, 0x7, 0xc, 0x2, 0x2, 0x16f, 0x172, 0x7, 
    0x19, 0x2, 0x2, 0x170, 0x172, 0x5, 0x3c, 0x1f, 0x2, 0x171, 0x16f, 0x3, 
    0x2, 0x2, 0x2, 0x171, 0x170, 0x3, 0x2, 0x2, 0x2, 0x172, 0x173, 0x3, 
    0x2, 0x2, 0x2, 0x173, 0x175, 0x7, 0xd, 0x2, 0x2, 0x174, 0x15e, 0x3, 
    0x2, 0x2, 0x2, 0x174, 0x160, 0x3, 0x2, 0x2, 0x2, 0x174, 0x162, 0x3, 
    0x2, 0x2, 0x2, 0x174, 0x16e, 0x3, 0x2, 0x2, 0x2, 0x175, 0x43, 0x3, 0x2, 
    0x2, 0x2, 0x176, 0x177, 0x7, 0x23, 0x2, 0x2, 0x177, 0x179, 0x7, 0x11, 
    0x2, 0x2, 0x178, 0x176, 0x3, 0x2, 0x2, 0x2, 0x178, 0x179, 0x3, 0x2, 
    0x2, 0x2, 0x179, 0x17a, 0x3, 0x2, 0x2, 0x2, 0x17a, 0x17b, 0x5, 0x3c, 
    0x1f, 0x2, 0x17b, 0x45, 0x3, 0x2, 0x2, 0x2, 0x17c, 0x1a7, 0x7, 0x3, 
    0x2, 0x2, 0x17d, 0x1a7, 0x7, 0x4, 0x2, 0x2, 0x17e, 0x1a7, 0x7, 0x44, 
    0x2, 0x2, 0x17f, 0x1a7, 0x7, 0x45, 0x2, 0x2, 0x180, 0x1a7, 0x7, 0x23, 
    0x2, 0x2, 0x181, 0x182, 0x7, 0xa, 0x2, 0x2, 0x182, 0x183, 0x5, 0x3c, 
    0x1f, 0x2, 0x183, 0x184, 0x7, 0xb, 0x2, 0x2, 0x184, 0x1a7, 0x3, 0x2, 
    0x2, 0x2, 0x185, 0x18e, 0x7, 0xc, 0x2, 0x2, 0x186, 0x18b, 0x5, 0x3c, 
    0x1f, 0x2, 0x187, 0x188, 0x7, 0x10, 0x2, 0x2, 0x188, 0x18a, 0x5, 0x3c, 
    0x1f, 0x2, 0x189, 0x187, 0x3, 0x2, 0x2, 0x2, 0x18a, 0x18d, 0x3, 0x2, 
    0x2, 0x2, 0x18b, 0x189, 0x3, 0x2, 0x2, 0x2, 0x18b, 0x18c, 0x3, 0x2, 
    0x2, 0x2, 0x18c, 0x18f, 0x3, 0x2, 0x2, 0x2, 0x18d, 0x18b, 0x3, 0x2, 
    0x2, 0x2, 0x18e, 0x186, 0x3, 0x2, 0x2, 0x2, 0x18e, 0x18f, 0x3, 0x2, 
    0x2, 0x2, 0x18f, 0x190, 0x3, 0x2, 0x2, 0x2, 0x190, 0x1a7, 0x7, 0xd, 
    0x2, 0x2, 0x191, 0x192, 0x7, 0x3e, 0x2, 0x2, 0x192, 0x19b, 0x7, 0xe, 
    0x2, 0x2, 0x193, 0x198, 0x5, 0x48, 0x25, 0x2, 0x194, 0x195, 0x9, 0x4, 
    0x2, 0x2, 0x195, 0x197, 0x5, 0x48, 0x25, 0x2, 0x196, 0x194, 0x3, 0x2, 
    0x2, 0x2, 0x197, 0x19a, 0x3, 0x2, 0x2, 0x2, 0x198, 0x196, 0x3, 0x2, 
    0x2, 0x2, 0x198, 0x199, 0x3, 0x2, 0x2, 0x2, 0x199, 0x19c, 0x3, 0x2, 
    0x2, 0x2, 0x19a, 0x198, 0x3, 0x2, 0x2, 0x2, 0x19b, 0x193, 0x3, 0x2, 
    0x2, 0x2, 0x19b, 0x19c, 0x3, 0x2, 0x2, 0x2, 0x19c, 0x19d, 0x3, 0x2, 
    0x2, 0x2, 0x19d, 0x1a7, 0x7, 0xf, 0x2, 0x2, 0x19e, 0x1a1, 0x7, 0x3d, 
    0x2, 0x2, 0x19f, 0x1a0, 0x7, 0x23, 0x2, 0x2, 0x1a0, 0x1a2, 0x7, 0x37, 
    0x2, 0x2, 0x1a1, 0x19f, 0x3, 0x2, 0x2, 0x2, 0x1a1, 0x1a2, 0x3, 0x2, 
    0x2, 0x2, 0x1a2, 0x1a3, 0x3, 0x2, 0x2, 0x2, 0x1a3, 0x1a4, 0x5, 0x3c, 
    0x1f, 0x2, 0x1a4, 0x1a5, 0x5, 0x30, 0x19, 0x2, 0x1a5, 0x1a7, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x17c, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x17d, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x17e, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x17f, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x180, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x181, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x185, 0x3, 0x2, 0x2, 0x2, 0x1a6, 0x191, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x19e, 0x3, 0x2, 0x2, 0x2, 0x1a7, 0x47, 0x3, 0x2, 0x2, 
    0x2, 0x1a8, 0x1ab, 0x5, 0x3c, 0x1f, 0x2, 0x1a9, 0x1aa, 0x7, 0x32, 0x2, 
    0x2, 0x1aa, 0x1ac, 0x5, 0x3c, 0x1f, 0x2, 0x1ab, 0x1a9, 0x3, 0x2, 0x2, 
    0x2, 0x1ab, 0x1ac, 0x3, 0x2, 0x2, 0x2, 0x1ac, 0x49, 0x3, 0x2, 0x2, 0x2, 
    0x33, 0x4e, 0x50, 0x64, 0x6b, 0x6d, 0x79, 0x8b, 0x8e, 0x94, 0x9c, 0xa3, 
    0xac, 0xb4, 0xb7, 0xbe, 0xc2, 0xd0, 0xd2, 0xd9, 0xde, 0xe1, 0xe6, 0xea, 
    0xf1, 0xf5, 0x102, 0x105, 0x112, 0x114, 0x120, 0x131, 0x139, 0x13b, 
    0x14a, 0x14d, 0x154, 0x15b, 0x168, 0x16b, 0x171, 0x174, 0x178, 0x18b, 
    0x18e, 0x198, 0x19b, 0x1a1, 0x1a6, 0x1ab, 
  };

  atn::ATNDeserializer deserializer;
  _atn = deserializer.deserialize(_serializedATN);

  size_t count = _atn.getNumberOfDecisions();
  _decisionToDFA.reserve(count);
  for (size_t i = 0; i < count; i++) { 
    _decisionToDFA.emplace_back(_atn.getDecisionState(i), i);
  }
}

NasParser::Initializer NasParser::_init;
