
// Generated from Nas.g4 by ANTLR 4.7.2


#include "NasVisitor.h"

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

antlrcpp::Any NasParser::ScriptContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitScript(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ScriptContext* NasParser::script() {
  ScriptContext *_localctx = _tracker.createInstance<ScriptContext>(_ctx, getState());
  enterRule(_localctx, 0, NasParser::RuleScript);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(41);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::NL) {
      setState(38);
      match(NasParser::NL);
      setState(43);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(62);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__2)
      | (1ULL << NasParser::T__3)
      | (1ULL << NasParser::T__5)
      | (1ULL << NasParser::T__6)
      | (1ULL << NasParser::T__8)
      | (1ULL << NasParser::T__11)
      | (1ULL << NasParser::T__13)
      | (1ULL << NasParser::T__14)
      | (1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__16)
      | (1ULL << NasParser::T__17)
      | (1ULL << NasParser::T__19)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32))) != 0)) {
      setState(44);
      statement();
      setState(53);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 2, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(46); 
          _errHandler->sync(this);
          _la = _input->LA(1);
          do {
            setState(45);
            match(NasParser::NL);
            setState(48); 
            _errHandler->sync(this);
            _la = _input->LA(1);
          } while (_la == NasParser::NL);
          setState(50);
          statement(); 
        }
        setState(55);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 2, _ctx);
      }
      setState(59);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(56);
        match(NasParser::NL);
        setState(61);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(64);
    match(NasParser::EOF);
   
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

antlrcpp::Any NasParser::BodyContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitBody(this);
  else
    return visitor->visitChildren(this);
}

NasParser::BodyContext* NasParser::body() {
  BodyContext *_localctx = _tracker.createInstance<BodyContext>(_ctx, getState());
  enterRule(_localctx, 2, NasParser::RuleBody);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(66);
    match(NasParser::T__0);
    setState(70);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::NL) {
      setState(67);
      match(NasParser::NL);
      setState(72);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(91);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__2)
      | (1ULL << NasParser::T__3)
      | (1ULL << NasParser::T__5)
      | (1ULL << NasParser::T__6)
      | (1ULL << NasParser::T__8)
      | (1ULL << NasParser::T__11)
      | (1ULL << NasParser::T__13)
      | (1ULL << NasParser::T__14)
      | (1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__16)
      | (1ULL << NasParser::T__17)
      | (1ULL << NasParser::T__19)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32))) != 0)) {
      setState(73);
      statement();
      setState(82);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 7, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(75); 
          _errHandler->sync(this);
          _la = _input->LA(1);
          do {
            setState(74);
            match(NasParser::NL);
            setState(77); 
            _errHandler->sync(this);
            _la = _input->LA(1);
          } while (_la == NasParser::NL);
          setState(79);
          statement(); 
        }
        setState(84);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 7, _ctx);
      }
      setState(88);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(85);
        match(NasParser::NL);
        setState(90);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(93);
    match(NasParser::T__1);
   
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


size_t NasParser::StatementContext::getRuleIndex() const {
  return NasParser::RuleStatement;
}

void NasParser::StatementContext::copyFrom(StatementContext *ctx) {
  ParserRuleContext::copyFrom(ctx);
}

//----------------- DefFunctionContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::DefFunctionContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ParametersContext* NasParser::DefFunctionContext::parameters() {
  return getRuleContext<NasParser::ParametersContext>(0);
}

NasParser::ExprContext* NasParser::DefFunctionContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::DefFunctionContext::DefFunctionContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::DefFunctionContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitDefFunction(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SeedContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::SeedContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SeedContext::SeedContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SeedContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSeed(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ImportFileContext ------------------------------------------------------------------

tree::TerminalNode* NasParser::ImportFileContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

NasParser::NameContext* NasParser::ImportFileContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ImportFileContext::ImportFileContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ImportFileContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitImportFile(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ShowContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::ShowContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ShowContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::ShowContext::ShowContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ShowContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitShow(this);
  else
    return visitor->visitChildren(this);
}
//----------------- RequireContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::RequireContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::RequireContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

NasParser::RequireContext::RequireContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::RequireContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitRequire(this);
  else
    return visitor->visitChildren(this);
}
//----------------- IfStatementContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::IfStatementContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::BodyContext *> NasParser::IfStatementContext::body() {
  return getRuleContexts<NasParser::BodyContext>();
}

NasParser::BodyContext* NasParser::IfStatementContext::body(size_t i) {
  return getRuleContext<NasParser::BodyContext>(i);
}

NasParser::IfStatementContext::IfStatementContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::IfStatementContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitIfStatement(this);
  else
    return visitor->visitChildren(this);
}
//----------------- VersionContext ------------------------------------------------------------------

tree::TerminalNode* NasParser::VersionContext::NUMBER() {
  return getToken(NasParser::NUMBER, 0);
}

NasParser::VersionContext::VersionContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::VersionContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitVersion(this);
  else
    return visitor->visitChildren(this);
}
//----------------- WhenContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::WhenContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::BodyContext *> NasParser::WhenContext::body() {
  return getRuleContexts<NasParser::BodyContext>();
}

NasParser::BodyContext* NasParser::WhenContext::body(size_t i) {
  return getRuleContext<NasParser::BodyContext>(i);
}

NasParser::WhenContext::WhenContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::WhenContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitWhen(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ForeachContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::ForeachContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::ForeachContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::BodyContext* NasParser::ForeachContext::body() {
  return getRuleContext<NasParser::BodyContext>(0);
}

NasParser::ForeachContext::ForeachContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ForeachContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitForeach(this);
  else
    return visitor->visitChildren(this);
}
//----------------- StageContext ------------------------------------------------------------------

NasParser::StageWordContext* NasParser::StageContext::stageWord() {
  return getRuleContext<NasParser::StageWordContext>(0);
}

NasParser::NameContext* NasParser::StageContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
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

NasParser::StageContext::StageContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::StageContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitStage(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ParamContext ------------------------------------------------------------------

std::vector<NasParser::NameContext *> NasParser::ParamContext::name() {
  return getRuleContexts<NasParser::NameContext>();
}

NasParser::NameContext* NasParser::ParamContext::name(size_t i) {
  return getRuleContext<NasParser::NameContext>(i);
}

std::vector<NasParser::ExprContext *> NasParser::ParamContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ParamContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

tree::TerminalNode* NasParser::ParamContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

NasParser::ParamContext::ParamContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ParamContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitParam(this);
  else
    return visitor->visitChildren(this);
}
//----------------- LetContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::LetContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::LetContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::LetContext::LetContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::LetContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitLet(this);
  else
    return visitor->visitChildren(this);
}
//----------------- DefSpaceContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::DefSpaceContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::SpaceBodyContext* NasParser::DefSpaceContext::spaceBody() {
  return getRuleContext<NasParser::SpaceBodyContext>(0);
}

NasParser::ParametersContext* NasParser::DefSpaceContext::parameters() {
  return getRuleContext<NasParser::ParametersContext>(0);
}

NasParser::DefSpaceContext::DefSpaceContext(StatementContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::DefSpaceContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitDefSpace(this);
  else
    return visitor->visitChildren(this);
}
NasParser::StatementContext* NasParser::statement() {
  StatementContext *_localctx = _tracker.createInstance<StatementContext>(_ctx, getState());
  enterRule(_localctx, 4, NasParser::RuleStatement);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(190);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 22, _ctx)) {
    case 1: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::VersionContext>(_localctx));
      enterOuterAlt(_localctx, 1);
      setState(95);
      match(NasParser::T__2);
      setState(96);
      match(NasParser::NUMBER);
      break;
    }

    case 2: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::ImportFileContext>(_localctx));
      enterOuterAlt(_localctx, 2);
      setState(97);
      match(NasParser::T__3);
      setState(98);
      match(NasParser::STRING);
      setState(101);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__4) {
        setState(99);
        match(NasParser::T__4);
        setState(100);
        name();
      }
      break;
    }

    case 3: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::SeedContext>(_localctx));
      enterOuterAlt(_localctx, 3);
      setState(103);
      match(NasParser::T__5);
      setState(104);
      expr(0);
      break;
    }

    case 4: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::LetContext>(_localctx));
      enterOuterAlt(_localctx, 4);
      setState(105);
      match(NasParser::T__6);
      setState(106);
      name();
      setState(107);
      match(NasParser::T__7);
      setState(108);
      expr(0);
      break;
    }

    case 5: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::ParamContext>(_localctx));
      enterOuterAlt(_localctx, 5);
      setState(110);
      match(NasParser::T__8);
      setState(111);
      name();
      setState(112);
      match(NasParser::T__9);
      setState(113);
      name();
      setState(114);
      match(NasParser::T__7);
      setState(115);
      expr(0);
      setState(118);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__10) {
        setState(116);
        match(NasParser::T__10);
        setState(117);
        expr(0);
      }
      setState(121);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::STRING) {
        setState(120);
        match(NasParser::STRING);
      }
      break;
    }

    case 6: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::RequireContext>(_localctx));
      enterOuterAlt(_localctx, 6);
      setState(123);
      match(NasParser::T__11);
      setState(124);
      expr(0);
      setState(127);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__12) {
        setState(125);
        match(NasParser::T__12);
        setState(126);
        match(NasParser::STRING);
      }
      break;
    }

    case 7: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::ShowContext>(_localctx));
      enterOuterAlt(_localctx, 7);
      setState(129);
      match(NasParser::T__13);
      setState(130);
      expr(0);
      setState(135);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::T__12) {
        setState(131);
        match(NasParser::T__12);
        setState(132);
        expr(0);
        setState(137);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      break;
    }

    case 8: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::DefSpaceContext>(_localctx));
      enterOuterAlt(_localctx, 8);
      setState(138);
      match(NasParser::T__14);
      setState(139);
      match(NasParser::T__15);
      setState(140);
      name();
      setState(142);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__44) {
        setState(141);
        parameters();
      }
      setState(144);
      spaceBody();
      break;
    }

    case 9: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::DefFunctionContext>(_localctx));
      enterOuterAlt(_localctx, 9);
      setState(146);
      match(NasParser::T__14);
      setState(147);
      name();
      setState(148);
      parameters();
      setState(149);
      match(NasParser::T__7);
      setState(150);
      expr(0);
      break;
    }

    case 10: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::ForeachContext>(_localctx));
      enterOuterAlt(_localctx, 10);
      setState(152);
      match(NasParser::T__16);
      setState(153);
      name();
      setState(154);
      match(NasParser::T__10);
      setState(155);
      expr(0);
      setState(156);
      body();
      break;
    }

    case 11: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::IfStatementContext>(_localctx));
      enterOuterAlt(_localctx, 11);
      setState(158);
      match(NasParser::T__17);
      setState(159);
      expr(0);
      setState(160);
      body();
      setState(163);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__18) {
        setState(161);
        match(NasParser::T__18);
        setState(162);
        body();
      }
      break;
    }

    case 12: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::WhenContext>(_localctx));
      enterOuterAlt(_localctx, 12);
      setState(165);
      match(NasParser::T__19);
      setState(166);
      expr(0);
      setState(167);
      body();
      setState(170);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__20) {
        setState(168);
        match(NasParser::T__20);
        setState(169);
        body();
      }
      break;
    }

    case 13: {
      _localctx = dynamic_cast<StatementContext *>(_tracker.createInstance<NasParser::StageContext>(_localctx));
      enterOuterAlt(_localctx, 13);
      setState(172);
      stageWord();
      setState(176);
      _errHandler->sync(this);

      switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 18, _ctx)) {
      case 1: {
        setState(173);
        name();
        setState(174);
        match(NasParser::T__7);
        break;
      }

      }
      setState(179);
      _errHandler->sync(this);

      switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 19, _ctx)) {
      case 1: {
        setState(178);
        operands();
        break;
      }

      }
      setState(184);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while ((((_la & ~ 0x3fULL) == 0) &&
        ((1ULL << _la) & ((1ULL << NasParser::T__4)
        | (1ULL << NasParser::T__33)
        | (1ULL << NasParser::T__34)
        | (1ULL << NasParser::T__35)
        | (1ULL << NasParser::T__36)
        | (1ULL << NasParser::T__37)
        | (1ULL << NasParser::T__38)
        | (1ULL << NasParser::T__39)
        | (1ULL << NasParser::T__40)
        | (1ULL << NasParser::T__41))) != 0)) {
        setState(181);
        clause();
        setState(186);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(188);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__0) {
        setState(187);
        settings();
      }
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

//----------------- StageWordContext ------------------------------------------------------------------

NasParser::StageWordContext::StageWordContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}


size_t NasParser::StageWordContext::getRuleIndex() const {
  return NasParser::RuleStageWord;
}

antlrcpp::Any NasParser::StageWordContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitStageWord(this);
  else
    return visitor->visitChildren(this);
}

NasParser::StageWordContext* NasParser::stageWord() {
  StageWordContext *_localctx = _tracker.createInstance<StageWordContext>(_ctx, getState());
  enterRule(_localctx, 6, NasParser::RuleStageWord);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(192);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32))) != 0))) {
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

//----------------- ClauseWordContext ------------------------------------------------------------------

NasParser::ClauseWordContext::ClauseWordContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}


size_t NasParser::ClauseWordContext::getRuleIndex() const {
  return NasParser::RuleClauseWord;
}

antlrcpp::Any NasParser::ClauseWordContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitClauseWord(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ClauseWordContext* NasParser::clauseWord() {
  ClauseWordContext *_localctx = _tracker.createInstance<ClauseWordContext>(_ctx, getState());
  enterRule(_localctx, 8, NasParser::RuleClauseWord);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(194);
    _la = _input->LA(1);
    if (!((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__4)
      | (1ULL << NasParser::T__33)
      | (1ULL << NasParser::T__34)
      | (1ULL << NasParser::T__35)
      | (1ULL << NasParser::T__36)
      | (1ULL << NasParser::T__37)
      | (1ULL << NasParser::T__38)
      | (1ULL << NasParser::T__39)
      | (1ULL << NasParser::T__40)
      | (1ULL << NasParser::T__41))) != 0))) {
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

//----------------- ClauseContext ------------------------------------------------------------------

NasParser::ClauseContext::ClauseContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

NasParser::ClauseWordContext* NasParser::ClauseContext::clauseWord() {
  return getRuleContext<NasParser::ClauseWordContext>(0);
}

NasParser::OperandsContext* NasParser::ClauseContext::operands() {
  return getRuleContext<NasParser::OperandsContext>(0);
}


size_t NasParser::ClauseContext::getRuleIndex() const {
  return NasParser::RuleClause;
}

antlrcpp::Any NasParser::ClauseContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitClause(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ClauseContext* NasParser::clause() {
  ClauseContext *_localctx = _tracker.createInstance<ClauseContext>(_ctx, getState());
  enterRule(_localctx, 10, NasParser::RuleClause);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(196);
    clauseWord();
    setState(197);
    operands();
   
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


size_t NasParser::OperandsContext::getRuleIndex() const {
  return NasParser::RuleOperands;
}

antlrcpp::Any NasParser::OperandsContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitOperands(this);
  else
    return visitor->visitChildren(this);
}

NasParser::OperandsContext* NasParser::operands() {
  OperandsContext *_localctx = _tracker.createInstance<OperandsContext>(_ctx, getState());
  enterRule(_localctx, 12, NasParser::RuleOperands);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(199);
    operand();
    setState(204);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::T__12) {
      setState(200);
      match(NasParser::T__12);
      setState(201);
      operand();
      setState(206);
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


size_t NasParser::OperandContext::getRuleIndex() const {
  return NasParser::RuleOperand;
}

antlrcpp::Any NasParser::OperandContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitOperand(this);
  else
    return visitor->visitChildren(this);
}

NasParser::OperandContext* NasParser::operand() {
  OperandContext *_localctx = _tracker.createInstance<OperandContext>(_ctx, getState());
  enterRule(_localctx, 14, NasParser::RuleOperand);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(210);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 24, _ctx)) {
    case 1: {
      enterOuterAlt(_localctx, 1);
      setState(207);
      dynamic_cast<OperandContext *>(_localctx)->direction = _input->LT(1);
      _la = _input->LA(1);
      if (!(_la == NasParser::T__42

      || _la == NasParser::T__43)) {
        dynamic_cast<OperandContext *>(_localctx)->direction = _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
      setState(208);
      expr(0);
      break;
    }

    case 2: {
      enterOuterAlt(_localctx, 2);
      setState(209);
      expr(0);
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

//----------------- SettingsContext ------------------------------------------------------------------

NasParser::SettingsContext::SettingsContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<tree::TerminalNode *> NasParser::SettingsContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::SettingsContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

std::vector<NasParser::SettingContext *> NasParser::SettingsContext::setting() {
  return getRuleContexts<NasParser::SettingContext>();
}

NasParser::SettingContext* NasParser::SettingsContext::setting(size_t i) {
  return getRuleContext<NasParser::SettingContext>(i);
}


size_t NasParser::SettingsContext::getRuleIndex() const {
  return NasParser::RuleSettings;
}

antlrcpp::Any NasParser::SettingsContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSettings(this);
  else
    return visitor->visitChildren(this);
}

NasParser::SettingsContext* NasParser::settings() {
  SettingsContext *_localctx = _tracker.createInstance<SettingsContext>(_ctx, getState());
  enterRule(_localctx, 16, NasParser::RuleSettings);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(212);
    match(NasParser::T__0);
    setState(216);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::NL) {
      setState(213);
      match(NasParser::NL);
      setState(218);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(242);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__2)
      | (1ULL << NasParser::T__3)
      | (1ULL << NasParser::T__4)
      | (1ULL << NasParser::T__5)
      | (1ULL << NasParser::T__6)
      | (1ULL << NasParser::T__8)
      | (1ULL << NasParser::T__10)
      | (1ULL << NasParser::T__11)
      | (1ULL << NasParser::T__13)
      | (1ULL << NasParser::T__14)
      | (1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__16)
      | (1ULL << NasParser::T__19)
      | (1ULL << NasParser::T__20)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32)
      | (1ULL << NasParser::T__33)
      | (1ULL << NasParser::T__34)
      | (1ULL << NasParser::T__35)
      | (1ULL << NasParser::T__36)
      | (1ULL << NasParser::T__37)
      | (1ULL << NasParser::T__38)
      | (1ULL << NasParser::T__39)
      | (1ULL << NasParser::T__40)
      | (1ULL << NasParser::T__41)
      | (1ULL << NasParser::T__42)
      | (1ULL << NasParser::T__43)
      | (1ULL << NasParser::T__46)
      | (1ULL << NasParser::T__47)
      | (1ULL << NasParser::T__59))) != 0) || ((((_la - 71) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 71)) & ((1ULL << (NasParser::T__70 - 71))
      | (1ULL << (NasParser::T__71 - 71))
      | (1ULL << (NasParser::NAME - 71)))) != 0)) {
      setState(219);
      setting();
      setState(230);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 27, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(220);
          _la = _input->LA(1);
          if (!(_la == NasParser::T__12 || _la == NasParser::NL)) {
          _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(224);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == NasParser::NL) {
            setState(221);
            match(NasParser::NL);
            setState(226);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
          setState(227);
          setting(); 
        }
        setState(232);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 27, _ctx);
      }
      setState(234);
      _errHandler->sync(this);

      switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 28, _ctx)) {
      case 1: {
        setState(233);
        _la = _input->LA(1);
        if (!(_la == NasParser::T__12 || _la == NasParser::NL)) {
        _errHandler->recoverInline(this);
        }
        else {
          _errHandler->reportMatch(this);
          consume();
        }
        break;
      }

      }
      setState(239);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(236);
        match(NasParser::NL);
        setState(241);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(244);
    match(NasParser::T__1);
   
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

NasParser::NameContext* NasParser::SettingContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::SettingContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::SettingContext::getRuleIndex() const {
  return NasParser::RuleSetting;
}

antlrcpp::Any NasParser::SettingContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSetting(this);
  else
    return visitor->visitChildren(this);
}

NasParser::SettingContext* NasParser::setting() {
  SettingContext *_localctx = _tracker.createInstance<SettingContext>(_ctx, getState());
  enterRule(_localctx, 18, NasParser::RuleSetting);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(246);
    name();
    setState(247);
    match(NasParser::T__7);
    setState(248);
    expr(0);
   
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

std::vector<NasParser::ParameterContext *> NasParser::ParametersContext::parameter() {
  return getRuleContexts<NasParser::ParameterContext>();
}

NasParser::ParameterContext* NasParser::ParametersContext::parameter(size_t i) {
  return getRuleContext<NasParser::ParameterContext>(i);
}


size_t NasParser::ParametersContext::getRuleIndex() const {
  return NasParser::RuleParameters;
}

antlrcpp::Any NasParser::ParametersContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitParameters(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ParametersContext* NasParser::parameters() {
  ParametersContext *_localctx = _tracker.createInstance<ParametersContext>(_ctx, getState());
  enterRule(_localctx, 20, NasParser::RuleParameters);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(250);
    match(NasParser::T__44);
    setState(259);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__2)
      | (1ULL << NasParser::T__3)
      | (1ULL << NasParser::T__4)
      | (1ULL << NasParser::T__5)
      | (1ULL << NasParser::T__6)
      | (1ULL << NasParser::T__8)
      | (1ULL << NasParser::T__10)
      | (1ULL << NasParser::T__11)
      | (1ULL << NasParser::T__13)
      | (1ULL << NasParser::T__14)
      | (1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__16)
      | (1ULL << NasParser::T__19)
      | (1ULL << NasParser::T__20)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32)
      | (1ULL << NasParser::T__33)
      | (1ULL << NasParser::T__34)
      | (1ULL << NasParser::T__35)
      | (1ULL << NasParser::T__36)
      | (1ULL << NasParser::T__37)
      | (1ULL << NasParser::T__38)
      | (1ULL << NasParser::T__39)
      | (1ULL << NasParser::T__40)
      | (1ULL << NasParser::T__41)
      | (1ULL << NasParser::T__42)
      | (1ULL << NasParser::T__43)
      | (1ULL << NasParser::T__46)
      | (1ULL << NasParser::T__47)
      | (1ULL << NasParser::T__59))) != 0) || ((((_la - 71) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 71)) & ((1ULL << (NasParser::T__70 - 71))
      | (1ULL << (NasParser::T__71 - 71))
      | (1ULL << (NasParser::NAME - 71)))) != 0)) {
      setState(251);
      parameter();
      setState(256);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::T__12) {
        setState(252);
        match(NasParser::T__12);
        setState(253);
        parameter();
        setState(258);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(261);
    match(NasParser::T__45);
   
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

std::vector<NasParser::NameContext *> NasParser::ParameterContext::name() {
  return getRuleContexts<NasParser::NameContext>();
}

NasParser::NameContext* NasParser::ParameterContext::name(size_t i) {
  return getRuleContext<NasParser::NameContext>(i);
}

NasParser::ExprContext* NasParser::ParameterContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}


size_t NasParser::ParameterContext::getRuleIndex() const {
  return NasParser::RuleParameter;
}

antlrcpp::Any NasParser::ParameterContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitParameter(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ParameterContext* NasParser::parameter() {
  ParameterContext *_localctx = _tracker.createInstance<ParameterContext>(_ctx, getState());
  enterRule(_localctx, 22, NasParser::RuleParameter);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(263);
    name();
    setState(266);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::T__9) {
      setState(264);
      match(NasParser::T__9);
      setState(265);
      name();
    }
    setState(270);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::T__7) {
      setState(268);
      match(NasParser::T__7);
      setState(269);
      expr(0);
    }
   
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

antlrcpp::Any NasParser::SpaceBodyContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceBody(this);
  else
    return visitor->visitChildren(this);
}

NasParser::SpaceBodyContext* NasParser::spaceBody() {
  SpaceBodyContext *_localctx = _tracker.createInstance<SpaceBodyContext>(_ctx, getState());
  enterRule(_localctx, 24, NasParser::RuleSpaceBody);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(272);
    match(NasParser::T__0);
    setState(276);
    _errHandler->sync(this);
    _la = _input->LA(1);
    while (_la == NasParser::NL) {
      setState(273);
      match(NasParser::NL);
      setState(278);
      _errHandler->sync(this);
      _la = _input->LA(1);
    }
    setState(297);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if ((((_la & ~ 0x3fULL) == 0) &&
      ((1ULL << _la) & ((1ULL << NasParser::T__2)
      | (1ULL << NasParser::T__3)
      | (1ULL << NasParser::T__4)
      | (1ULL << NasParser::T__5)
      | (1ULL << NasParser::T__6)
      | (1ULL << NasParser::T__8)
      | (1ULL << NasParser::T__10)
      | (1ULL << NasParser::T__11)
      | (1ULL << NasParser::T__13)
      | (1ULL << NasParser::T__14)
      | (1ULL << NasParser::T__15)
      | (1ULL << NasParser::T__16)
      | (1ULL << NasParser::T__17)
      | (1ULL << NasParser::T__19)
      | (1ULL << NasParser::T__20)
      | (1ULL << NasParser::T__21)
      | (1ULL << NasParser::T__22)
      | (1ULL << NasParser::T__23)
      | (1ULL << NasParser::T__24)
      | (1ULL << NasParser::T__25)
      | (1ULL << NasParser::T__26)
      | (1ULL << NasParser::T__27)
      | (1ULL << NasParser::T__28)
      | (1ULL << NasParser::T__29)
      | (1ULL << NasParser::T__30)
      | (1ULL << NasParser::T__31)
      | (1ULL << NasParser::T__32)
      | (1ULL << NasParser::T__33)
      | (1ULL << NasParser::T__34)
      | (1ULL << NasParser::T__35)
      | (1ULL << NasParser::T__36)
      | (1ULL << NasParser::T__37)
      | (1ULL << NasParser::T__38)
      | (1ULL << NasParser::T__39)
      | (1ULL << NasParser::T__40)
      | (1ULL << NasParser::T__41)
      | (1ULL << NasParser::T__42)
      | (1ULL << NasParser::T__43)
      | (1ULL << NasParser::T__44)
      | (1ULL << NasParser::T__46)
      | (1ULL << NasParser::T__47)
      | (1ULL << NasParser::T__50)
      | (1ULL << NasParser::T__54)
      | (1ULL << NasParser::T__59))) != 0) || ((((_la - 67) & ~ 0x3fULL) == 0) &&
      ((1ULL << (_la - 67)) & ((1ULL << (NasParser::T__66 - 67))
      | (1ULL << (NasParser::T__70 - 67))
      | (1ULL << (NasParser::T__71 - 67))
      | (1ULL << (NasParser::T__72 - 67))
      | (1ULL << (NasParser::T__73 - 67))
      | (1ULL << (NasParser::NUMBER - 67))
      | (1ULL << (NasParser::NAME - 67))
      | (1ULL << (NasParser::STRING - 67)))) != 0)) {
      setState(279);
      spaceItem();
      setState(288);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 37, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(281); 
          _errHandler->sync(this);
          _la = _input->LA(1);
          do {
            setState(280);
            match(NasParser::NL);
            setState(283); 
            _errHandler->sync(this);
            _la = _input->LA(1);
          } while (_la == NasParser::NL);
          setState(285);
          spaceItem(); 
        }
        setState(290);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 37, _ctx);
      }
      setState(294);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(291);
        match(NasParser::NL);
        setState(296);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
    }
    setState(299);
    match(NasParser::T__1);
   
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


size_t NasParser::SpaceItemContext::getRuleIndex() const {
  return NasParser::RuleSpaceItem;
}

void NasParser::SpaceItemContext::copyFrom(SpaceItemContext *ctx) {
  ParserRuleContext::copyFrom(ctx);
}

//----------------- SpaceIfContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::SpaceIfContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::SpaceBodyContext *> NasParser::SpaceIfContext::spaceBody() {
  return getRuleContexts<NasParser::SpaceBodyContext>();
}

NasParser::SpaceBodyContext* NasParser::SpaceIfContext::spaceBody(size_t i) {
  return getRuleContext<NasParser::SpaceBodyContext>(i);
}

NasParser::SpaceItemContext* NasParser::SpaceIfContext::spaceItem() {
  return getRuleContext<NasParser::SpaceItemContext>(0);
}

NasParser::SpaceIfContext::SpaceIfContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceIfContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceIf(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceExprContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::SpaceExprContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SpaceExprContext::SpaceExprContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceExprContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceExpr(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceRuleContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::SpaceRuleContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ParametersContext* NasParser::SpaceRuleContext::parameters() {
  return getRuleContext<NasParser::ParametersContext>(0);
}

NasParser::ExprContext* NasParser::SpaceRuleContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SpaceRuleContext::SpaceRuleContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceRuleContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceRule(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceRequireContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::SpaceRequireContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

tree::TerminalNode* NasParser::SpaceRequireContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

NasParser::SpaceRequireContext::SpaceRequireContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceRequireContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceRequire(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceLetContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::SpaceLetContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::SpaceLetContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SpaceLetContext::SpaceLetContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceLetContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceLet(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceSpellingContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::SpaceSpellingContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::SpaceSpellingContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SettingsContext* NasParser::SpaceSpellingContext::settings() {
  return getRuleContext<NasParser::SettingsContext>(0);
}

NasParser::SpaceSpellingContext::SpaceSpellingContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceSpellingContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceSpelling(this);
  else
    return visitor->visitChildren(this);
}
//----------------- SpaceBindContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::SpaceBindContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::ExprContext* NasParser::SpaceBindContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SpaceBindContext::SpaceBindContext(SpaceItemContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::SpaceBindContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitSpaceBind(this);
  else
    return visitor->visitChildren(this);
}
NasParser::SpaceItemContext* NasParser::spaceItem() {
  SpaceItemContext *_localctx = _tracker.createInstance<SpaceItemContext>(_ctx, getState());
  enterRule(_localctx, 26, NasParser::RuleSpaceItem);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(340);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 44, _ctx)) {
    case 1: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceLetContext>(_localctx));
      enterOuterAlt(_localctx, 1);
      setState(301);
      match(NasParser::T__6);
      setState(302);
      name();
      setState(303);
      match(NasParser::T__7);
      setState(304);
      expr(0);
      break;
    }

    case 2: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceRequireContext>(_localctx));
      enterOuterAlt(_localctx, 2);
      setState(306);
      match(NasParser::T__11);
      setState(307);
      expr(0);
      setState(310);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__12) {
        setState(308);
        match(NasParser::T__12);
        setState(309);
        match(NasParser::STRING);
      }
      break;
    }

    case 3: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceRuleContext>(_localctx));
      enterOuterAlt(_localctx, 3);
      setState(312);
      match(NasParser::T__46);
      setState(313);
      name();
      setState(314);
      parameters();
      setState(315);
      match(NasParser::T__7);
      setState(316);
      expr(0);
      break;
    }

    case 4: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceSpellingContext>(_localctx));
      enterOuterAlt(_localctx, 4);
      setState(318);
      match(NasParser::T__47);
      setState(319);
      name();
      setState(323);
      _errHandler->sync(this);
      switch (_input->LA(1)) {
        case NasParser::T__7: {
          setState(320);
          match(NasParser::T__7);
          setState(321);
          expr(0);
          break;
        }

        case NasParser::T__0: {
          setState(322);
          settings();
          break;
        }

      default:
        throw NoViableAltException(this);
      }
      break;
    }

    case 5: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceIfContext>(_localctx));
      enterOuterAlt(_localctx, 5);
      setState(325);
      match(NasParser::T__17);
      setState(326);
      expr(0);
      setState(327);
      spaceBody();
      setState(333);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__18) {
        setState(328);
        match(NasParser::T__18);
        setState(331);
        _errHandler->sync(this);
        switch (_input->LA(1)) {
          case NasParser::T__0: {
            setState(329);
            spaceBody();
            break;
          }

          case NasParser::T__2:
          case NasParser::T__3:
          case NasParser::T__4:
          case NasParser::T__5:
          case NasParser::T__6:
          case NasParser::T__8:
          case NasParser::T__10:
          case NasParser::T__11:
          case NasParser::T__13:
          case NasParser::T__14:
          case NasParser::T__15:
          case NasParser::T__16:
          case NasParser::T__17:
          case NasParser::T__19:
          case NasParser::T__20:
          case NasParser::T__21:
          case NasParser::T__22:
          case NasParser::T__23:
          case NasParser::T__24:
          case NasParser::T__25:
          case NasParser::T__26:
          case NasParser::T__27:
          case NasParser::T__28:
          case NasParser::T__29:
          case NasParser::T__30:
          case NasParser::T__31:
          case NasParser::T__32:
          case NasParser::T__33:
          case NasParser::T__34:
          case NasParser::T__35:
          case NasParser::T__36:
          case NasParser::T__37:
          case NasParser::T__38:
          case NasParser::T__39:
          case NasParser::T__40:
          case NasParser::T__41:
          case NasParser::T__42:
          case NasParser::T__43:
          case NasParser::T__44:
          case NasParser::T__46:
          case NasParser::T__47:
          case NasParser::T__50:
          case NasParser::T__54:
          case NasParser::T__59:
          case NasParser::T__66:
          case NasParser::T__70:
          case NasParser::T__71:
          case NasParser::T__72:
          case NasParser::T__73:
          case NasParser::NUMBER:
          case NasParser::NAME:
          case NasParser::STRING: {
            setState(330);
            spaceItem();
            break;
          }

        default:
          throw NoViableAltException(this);
        }
      }
      break;
    }

    case 6: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceBindContext>(_localctx));
      enterOuterAlt(_localctx, 6);
      setState(335);
      name();
      setState(336);
      match(NasParser::T__7);
      setState(337);
      expr(0);
      break;
    }

    case 7: {
      _localctx = dynamic_cast<SpaceItemContext *>(_tracker.createInstance<NasParser::SpaceExprContext>(_localctx));
      enterOuterAlt(_localctx, 7);
      setState(339);
      expr(0);
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

//----------------- ExprContext ------------------------------------------------------------------

NasParser::ExprContext::ExprContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}


size_t NasParser::ExprContext::getRuleIndex() const {
  return NasParser::RuleExpr;
}

void NasParser::ExprContext::copyFrom(ExprContext *ctx) {
  ParserRuleContext::copyFrom(ctx);
}

//----------------- StringContext ------------------------------------------------------------------

tree::TerminalNode* NasParser::StringContext::STRING() {
  return getToken(NasParser::STRING, 0);
}

NasParser::StringContext::StringContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::StringContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitString(this);
  else
    return visitor->visitChildren(this);
}
//----------------- RepeatExprContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::RepeatExprContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::SpaceBodyContext* NasParser::RepeatExprContext::spaceBody() {
  return getRuleContext<NasParser::SpaceBodyContext>(0);
}

NasParser::NameContext* NasParser::RepeatExprContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::RepeatExprContext::RepeatExprContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::RepeatExprContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitRepeatExpr(this);
  else
    return visitor->visitChildren(this);
}
//----------------- IndexContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::IndexContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::IndexContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::IndexContext::IndexContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::IndexContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitIndex(this);
  else
    return visitor->visitChildren(this);
}
//----------------- RangeContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::RangeContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::RangeContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::RangeContext::RangeContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::RangeContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitRange(this);
  else
    return visitor->visitChildren(this);
}
//----------------- NameRefContext ------------------------------------------------------------------

NasParser::NameContext* NasParser::NameRefContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::NameRefContext::NameRefContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::NameRefContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitNameRef(this);
  else
    return visitor->visitChildren(this);
}
//----------------- UnaryContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::UnaryContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::UnaryContext::UnaryContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::UnaryContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitUnary(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ParenthesisContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::ParenthesisContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::ParenthesisContext::ParenthesisContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ParenthesisContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitParenthesis(this);
  else
    return visitor->visitChildren(this);
}
//----------------- CallContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::CallContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

std::vector<NasParser::ArgumentContext *> NasParser::CallContext::argument() {
  return getRuleContexts<NasParser::ArgumentContext>();
}

NasParser::ArgumentContext* NasParser::CallContext::argument(size_t i) {
  return getRuleContext<NasParser::ArgumentContext>(i);
}

NasParser::CallContext::CallContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::CallContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitCall(this);
  else
    return visitor->visitChildren(this);
}
//----------------- NumberContext ------------------------------------------------------------------

tree::TerminalNode* NasParser::NumberContext::NUMBER() {
  return getToken(NasParser::NUMBER, 0);
}

NasParser::NumberContext::NumberContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::NumberContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitNumber(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ChoiceExprContext ------------------------------------------------------------------

std::vector<NasParser::ArmContext *> NasParser::ChoiceExprContext::arm() {
  return getRuleContexts<NasParser::ArmContext>();
}

NasParser::ArmContext* NasParser::ChoiceExprContext::arm(size_t i) {
  return getRuleContext<NasParser::ArmContext>(i);
}

std::vector<tree::TerminalNode *> NasParser::ChoiceExprContext::NL() {
  return getTokens(NasParser::NL);
}

tree::TerminalNode* NasParser::ChoiceExprContext::NL(size_t i) {
  return getToken(NasParser::NL, i);
}

NasParser::ChoiceExprContext::ChoiceExprContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ChoiceExprContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitChoiceExpr(this);
  else
    return visitor->visitChildren(this);
}
//----------------- BooleanContext ------------------------------------------------------------------

NasParser::BooleanContext::BooleanContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::BooleanContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitBoolean(this);
  else
    return visitor->visitChildren(this);
}
//----------------- BinaryContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::BinaryContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::BinaryContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::BinaryContext::BinaryContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::BinaryContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitBinary(this);
  else
    return visitor->visitChildren(this);
}
//----------------- MemberContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::MemberContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::NameContext* NasParser::MemberContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}

NasParser::MemberContext::MemberContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::MemberContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitMember(this);
  else
    return visitor->visitChildren(this);
}
//----------------- IfExprContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::IfExprContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::IfExprContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::IfExprContext::IfExprContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::IfExprContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitIfExpr(this);
  else
    return visitor->visitChildren(this);
}
//----------------- ListExprContext ------------------------------------------------------------------

std::vector<NasParser::ExprContext *> NasParser::ListExprContext::expr() {
  return getRuleContexts<NasParser::ExprContext>();
}

NasParser::ExprContext* NasParser::ListExprContext::expr(size_t i) {
  return getRuleContext<NasParser::ExprContext>(i);
}

NasParser::ListExprContext::ListExprContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::ListExprContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitListExpr(this);
  else
    return visitor->visitChildren(this);
}
//----------------- AtDeviceContext ------------------------------------------------------------------

NasParser::ExprContext* NasParser::AtDeviceContext::expr() {
  return getRuleContext<NasParser::ExprContext>(0);
}

NasParser::DeviceRefContext* NasParser::AtDeviceContext::deviceRef() {
  return getRuleContext<NasParser::DeviceRefContext>(0);
}

NasParser::AtDeviceContext::AtDeviceContext(ExprContext *ctx) { copyFrom(ctx); }

antlrcpp::Any NasParser::AtDeviceContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitAtDevice(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ExprContext* NasParser::expr() {
   return expr(0);
}

NasParser::ExprContext* NasParser::expr(int precedence) {
  ParserRuleContext *parentContext = _ctx;
  size_t parentState = getState();
  NasParser::ExprContext *_localctx = _tracker.createInstance<ExprContext>(_ctx, parentState);
  NasParser::ExprContext *previousContext = _localctx;
  (void)previousContext; // Silence compiler, in case the context is not used by generated code.
  size_t startState = 28;
  enterRecursionRule(_localctx, 28, NasParser::RuleExpr, precedence);

    size_t _la = 0;

  auto onExit = finally([=] {
    unrollRecursionContexts(parentContext);
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(419);
    _errHandler->sync(this);
    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 54, _ctx)) {
    case 1: {
      _localctx = _tracker.createInstance<UnaryContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;

      setState(343);
      dynamic_cast<UnaryContext *>(_localctx)->op = match(NasParser::T__54);
      setState(344);
      expr(17);
      break;
    }

    case 2: {
      _localctx = _tracker.createInstance<UnaryContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(345);
      dynamic_cast<UnaryContext *>(_localctx)->op = match(NasParser::T__66);
      setState(346);
      expr(12);
      break;
    }

    case 3: {
      _localctx = _tracker.createInstance<IfExprContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(347);
      match(NasParser::T__17);
      setState(348);
      expr(0);
      setState(349);
      match(NasParser::T__69);
      setState(350);
      expr(0);
      setState(351);
      match(NasParser::T__18);
      setState(352);
      expr(9);
      break;
    }

    case 4: {
      _localctx = _tracker.createInstance<ChoiceExprContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(354);
      match(NasParser::T__70);
      setState(355);
      match(NasParser::T__0);
      setState(359);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(356);
        match(NasParser::NL);
        setState(361);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(362);
      arm();
      setState(373);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 47, _ctx);
      while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
        if (alt == 1) {
          setState(363);
          match(NasParser::T__12);
          setState(367);
          _errHandler->sync(this);
          _la = _input->LA(1);
          while (_la == NasParser::NL) {
            setState(364);
            match(NasParser::NL);
            setState(369);
            _errHandler->sync(this);
            _la = _input->LA(1);
          }
          setState(370);
          arm(); 
        }
        setState(375);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 47, _ctx);
      }
      setState(377);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__12) {
        setState(376);
        match(NasParser::T__12);
      }
      setState(382);
      _errHandler->sync(this);
      _la = _input->LA(1);
      while (_la == NasParser::NL) {
        setState(379);
        match(NasParser::NL);
        setState(384);
        _errHandler->sync(this);
        _la = _input->LA(1);
      }
      setState(385);
      match(NasParser::T__1);
      break;
    }

    case 5: {
      _localctx = _tracker.createInstance<RepeatExprContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(387);
      match(NasParser::T__71);
      setState(391);
      _errHandler->sync(this);

      switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 50, _ctx)) {
      case 1: {
        setState(388);
        name();
        setState(389);
        match(NasParser::T__10);
        break;
      }

      }
      setState(393);
      expr(0);
      setState(394);
      spaceBody();
      break;
    }

    case 6: {
      _localctx = _tracker.createInstance<ListExprContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(396);
      match(NasParser::T__50);
      setState(405);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if ((((_la & ~ 0x3fULL) == 0) &&
        ((1ULL << _la) & ((1ULL << NasParser::T__2)
        | (1ULL << NasParser::T__3)
        | (1ULL << NasParser::T__4)
        | (1ULL << NasParser::T__5)
        | (1ULL << NasParser::T__6)
        | (1ULL << NasParser::T__8)
        | (1ULL << NasParser::T__10)
        | (1ULL << NasParser::T__11)
        | (1ULL << NasParser::T__13)
        | (1ULL << NasParser::T__14)
        | (1ULL << NasParser::T__15)
        | (1ULL << NasParser::T__16)
        | (1ULL << NasParser::T__17)
        | (1ULL << NasParser::T__19)
        | (1ULL << NasParser::T__20)
        | (1ULL << NasParser::T__21)
        | (1ULL << NasParser::T__22)
        | (1ULL << NasParser::T__23)
        | (1ULL << NasParser::T__24)
        | (1ULL << NasParser::T__25)
        | (1ULL << NasParser::T__26)
        | (1ULL << NasParser::T__27)
        | (1ULL << NasParser::T__28)
        | (1ULL << NasParser::T__29)
        | (1ULL << NasParser::T__30)
        | (1ULL << NasParser::T__31)
        | (1ULL << NasParser::T__32)
        | (1ULL << NasParser::T__33)
        | (1ULL << NasParser::T__34)
        | (1ULL << NasParser::T__35)
        | (1ULL << NasParser::T__36)
        | (1ULL << NasParser::T__37)
        | (1ULL << NasParser::T__38)
        | (1ULL << NasParser::T__39)
        | (1ULL << NasParser::T__40)
        | (1ULL << NasParser::T__41)
        | (1ULL << NasParser::T__42)
        | (1ULL << NasParser::T__43)
        | (1ULL << NasParser::T__44)
        | (1ULL << NasParser::T__46)
        | (1ULL << NasParser::T__47)
        | (1ULL << NasParser::T__50)
        | (1ULL << NasParser::T__54)
        | (1ULL << NasParser::T__59))) != 0) || ((((_la - 67) & ~ 0x3fULL) == 0) &&
        ((1ULL << (_la - 67)) & ((1ULL << (NasParser::T__66 - 67))
        | (1ULL << (NasParser::T__70 - 67))
        | (1ULL << (NasParser::T__71 - 67))
        | (1ULL << (NasParser::T__72 - 67))
        | (1ULL << (NasParser::T__73 - 67))
        | (1ULL << (NasParser::NUMBER - 67))
        | (1ULL << (NasParser::NAME - 67))
        | (1ULL << (NasParser::STRING - 67)))) != 0)) {
        setState(397);
        expr(0);
        setState(402);
        _errHandler->sync(this);
        alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 51, _ctx);
        while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
          if (alt == 1) {
            setState(398);
            match(NasParser::T__12);
            setState(399);
            expr(0); 
          }
          setState(404);
          _errHandler->sync(this);
          alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 51, _ctx);
        }
      }
      setState(408);
      _errHandler->sync(this);

      _la = _input->LA(1);
      if (_la == NasParser::T__12) {
        setState(407);
        match(NasParser::T__12);
      }
      setState(410);
      match(NasParser::T__52);
      break;
    }

    case 7: {
      _localctx = _tracker.createInstance<ParenthesisContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(411);
      match(NasParser::T__44);
      setState(412);
      expr(0);
      setState(413);
      match(NasParser::T__45);
      break;
    }

    case 8: {
      _localctx = _tracker.createInstance<NumberContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(415);
      match(NasParser::NUMBER);
      break;
    }

    case 9: {
      _localctx = _tracker.createInstance<StringContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(416);
      match(NasParser::STRING);
      break;
    }

    case 10: {
      _localctx = _tracker.createInstance<BooleanContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(417);
      _la = _input->LA(1);
      if (!(_la == NasParser::T__72

      || _la == NasParser::T__73)) {
      _errHandler->recoverInline(this);
      }
      else {
        _errHandler->reportMatch(this);
        consume();
      }
      break;
    }

    case 11: {
      _localctx = _tracker.createInstance<NameRefContext>(_localctx);
      _ctx = _localctx;
      previousContext = _localctx;
      setState(418);
      name();
      break;
    }

    }
    _ctx->stop = _input->LT(-1);
    setState(477);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 61, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        if (!_parseListeners.empty())
          triggerExitRuleEvent();
        previousContext = _localctx;
        setState(475);
        _errHandler->sync(this);
        switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 60, _ctx)) {
        case 1: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(421);

          if (!(precpred(_ctx, 18))) throw FailedPredicateException(this, "precpred(_ctx, 18)");
          setState(422);
          dynamic_cast<BinaryContext *>(_localctx)->op = match(NasParser::T__53);
          setState(423);
          expr(18);
          break;
        }

        case 2: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(424);

          if (!(precpred(_ctx, 16))) throw FailedPredicateException(this, "precpred(_ctx, 16)");
          setState(425);
          dynamic_cast<BinaryContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!((((_la & ~ 0x3fULL) == 0) &&
            ((1ULL << _la) & ((1ULL << NasParser::T__51)
            | (1ULL << NasParser::T__55)
            | (1ULL << NasParser::T__56))) != 0))) {
            dynamic_cast<BinaryContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(426);
          expr(17);
          break;
        }

        case 3: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(427);

          if (!(precpred(_ctx, 15))) throw FailedPredicateException(this, "precpred(_ctx, 15)");
          setState(428);
          dynamic_cast<BinaryContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!(_la == NasParser::T__54

          || _la == NasParser::T__57)) {
            dynamic_cast<BinaryContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(429);
          expr(16);
          break;
        }

        case 4: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(430);

          if (!(precpred(_ctx, 13))) throw FailedPredicateException(this, "precpred(_ctx, 13)");
          setState(431);
          dynamic_cast<BinaryContext *>(_localctx)->op = _input->LT(1);
          _la = _input->LA(1);
          if (!(((((_la - 61) & ~ 0x3fULL) == 0) &&
            ((1ULL << (_la - 61)) & ((1ULL << (NasParser::T__60 - 61))
            | (1ULL << (NasParser::T__61 - 61))
            | (1ULL << (NasParser::T__62 - 61))
            | (1ULL << (NasParser::T__63 - 61))
            | (1ULL << (NasParser::T__64 - 61))
            | (1ULL << (NasParser::T__65 - 61)))) != 0))) {
            dynamic_cast<BinaryContext *>(_localctx)->op = _errHandler->recoverInline(this);
          }
          else {
            _errHandler->reportMatch(this);
            consume();
          }
          setState(432);
          expr(14);
          break;
        }

        case 5: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(433);

          if (!(precpred(_ctx, 11))) throw FailedPredicateException(this, "precpred(_ctx, 11)");
          setState(434);
          dynamic_cast<BinaryContext *>(_localctx)->op = match(NasParser::T__67);
          setState(435);
          expr(12);
          break;
        }

        case 6: {
          auto newContext = _tracker.createInstance<BinaryContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(436);

          if (!(precpred(_ctx, 10))) throw FailedPredicateException(this, "precpred(_ctx, 10)");
          setState(437);
          dynamic_cast<BinaryContext *>(_localctx)->op = match(NasParser::T__68);
          setState(438);
          expr(11);
          break;
        }

        case 7: {
          auto newContext = _tracker.createInstance<MemberContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(439);

          if (!(precpred(_ctx, 22))) throw FailedPredicateException(this, "precpred(_ctx, 22)");
          setState(440);
          match(NasParser::T__48);
          setState(441);
          name();
          break;
        }

        case 8: {
          auto newContext = _tracker.createInstance<AtDeviceContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(442);

          if (!(precpred(_ctx, 21))) throw FailedPredicateException(this, "precpred(_ctx, 21)");
          setState(443);
          match(NasParser::T__49);
          setState(444);
          deviceRef();
          break;
        }

        case 9: {
          auto newContext = _tracker.createInstance<CallContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(445);

          if (!(precpred(_ctx, 20))) throw FailedPredicateException(this, "precpred(_ctx, 20)");
          setState(446);
          match(NasParser::T__44);
          setState(455);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if ((((_la & ~ 0x3fULL) == 0) &&
            ((1ULL << _la) & ((1ULL << NasParser::T__2)
            | (1ULL << NasParser::T__3)
            | (1ULL << NasParser::T__4)
            | (1ULL << NasParser::T__5)
            | (1ULL << NasParser::T__6)
            | (1ULL << NasParser::T__8)
            | (1ULL << NasParser::T__10)
            | (1ULL << NasParser::T__11)
            | (1ULL << NasParser::T__13)
            | (1ULL << NasParser::T__14)
            | (1ULL << NasParser::T__15)
            | (1ULL << NasParser::T__16)
            | (1ULL << NasParser::T__17)
            | (1ULL << NasParser::T__19)
            | (1ULL << NasParser::T__20)
            | (1ULL << NasParser::T__21)
            | (1ULL << NasParser::T__22)
            | (1ULL << NasParser::T__23)
            | (1ULL << NasParser::T__24)
            | (1ULL << NasParser::T__25)
            | (1ULL << NasParser::T__26)
            | (1ULL << NasParser::T__27)
            | (1ULL << NasParser::T__28)
            | (1ULL << NasParser::T__29)
            | (1ULL << NasParser::T__30)
            | (1ULL << NasParser::T__31)
            | (1ULL << NasParser::T__32)
            | (1ULL << NasParser::T__33)
            | (1ULL << NasParser::T__34)
            | (1ULL << NasParser::T__35)
            | (1ULL << NasParser::T__36)
            | (1ULL << NasParser::T__37)
            | (1ULL << NasParser::T__38)
            | (1ULL << NasParser::T__39)
            | (1ULL << NasParser::T__40)
            | (1ULL << NasParser::T__41)
            | (1ULL << NasParser::T__42)
            | (1ULL << NasParser::T__43)
            | (1ULL << NasParser::T__44)
            | (1ULL << NasParser::T__46)
            | (1ULL << NasParser::T__47)
            | (1ULL << NasParser::T__50)
            | (1ULL << NasParser::T__54)
            | (1ULL << NasParser::T__59))) != 0) || ((((_la - 67) & ~ 0x3fULL) == 0) &&
            ((1ULL << (_la - 67)) & ((1ULL << (NasParser::T__66 - 67))
            | (1ULL << (NasParser::T__70 - 67))
            | (1ULL << (NasParser::T__71 - 67))
            | (1ULL << (NasParser::T__72 - 67))
            | (1ULL << (NasParser::T__73 - 67))
            | (1ULL << (NasParser::NUMBER - 67))
            | (1ULL << (NasParser::NAME - 67))
            | (1ULL << (NasParser::STRING - 67)))) != 0)) {
            setState(447);
            argument();
            setState(452);
            _errHandler->sync(this);
            alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 55, _ctx);
            while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
              if (alt == 1) {
                setState(448);
                match(NasParser::T__12);
                setState(449);
                argument(); 
              }
              setState(454);
              _errHandler->sync(this);
              alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 55, _ctx);
            }
          }
          setState(458);
          _errHandler->sync(this);

          _la = _input->LA(1);
          if (_la == NasParser::T__12) {
            setState(457);
            match(NasParser::T__12);
          }
          setState(460);
          match(NasParser::T__45);
          break;
        }

        case 10: {
          auto newContext = _tracker.createInstance<IndexContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(461);

          if (!(precpred(_ctx, 19))) throw FailedPredicateException(this, "precpred(_ctx, 19)");
          setState(462);
          match(NasParser::T__50);
          setState(465);
          _errHandler->sync(this);
          switch (_input->LA(1)) {
            case NasParser::T__2:
            case NasParser::T__3:
            case NasParser::T__4:
            case NasParser::T__5:
            case NasParser::T__6:
            case NasParser::T__8:
            case NasParser::T__10:
            case NasParser::T__11:
            case NasParser::T__13:
            case NasParser::T__14:
            case NasParser::T__15:
            case NasParser::T__16:
            case NasParser::T__17:
            case NasParser::T__19:
            case NasParser::T__20:
            case NasParser::T__21:
            case NasParser::T__22:
            case NasParser::T__23:
            case NasParser::T__24:
            case NasParser::T__25:
            case NasParser::T__26:
            case NasParser::T__27:
            case NasParser::T__28:
            case NasParser::T__29:
            case NasParser::T__30:
            case NasParser::T__31:
            case NasParser::T__32:
            case NasParser::T__33:
            case NasParser::T__34:
            case NasParser::T__35:
            case NasParser::T__36:
            case NasParser::T__37:
            case NasParser::T__38:
            case NasParser::T__39:
            case NasParser::T__40:
            case NasParser::T__41:
            case NasParser::T__42:
            case NasParser::T__43:
            case NasParser::T__44:
            case NasParser::T__46:
            case NasParser::T__47:
            case NasParser::T__50:
            case NasParser::T__54:
            case NasParser::T__59:
            case NasParser::T__66:
            case NasParser::T__70:
            case NasParser::T__71:
            case NasParser::T__72:
            case NasParser::T__73:
            case NasParser::NUMBER:
            case NasParser::NAME:
            case NasParser::STRING: {
              setState(463);
              expr(0);
              break;
            }

            case NasParser::T__51: {
              setState(464);
              match(NasParser::T__51);
              break;
            }

          default:
            throw NoViableAltException(this);
          }
          setState(467);
          match(NasParser::T__52);
          break;
        }

        case 11: {
          auto newContext = _tracker.createInstance<RangeContext>(_tracker.createInstance<ExprContext>(parentContext, parentState));
          _localctx = newContext;
          pushNewRecursionContext(newContext, startState, RuleExpr);
          setState(468);

          if (!(precpred(_ctx, 14))) throw FailedPredicateException(this, "precpred(_ctx, 14)");
          setState(469);
          match(NasParser::T__58);
          setState(470);
          expr(0);
          setState(473);
          _errHandler->sync(this);

          switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 59, _ctx)) {
          case 1: {
            setState(471);
            match(NasParser::T__59);
            setState(472);
            expr(0);
            break;
          }

          }
          break;
        }

        } 
      }
      setState(479);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 61, _ctx);
    }
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }
  return _localctx;
}

//----------------- DeviceRefContext ------------------------------------------------------------------

NasParser::DeviceRefContext::DeviceRefContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

std::vector<NasParser::NameContext *> NasParser::DeviceRefContext::name() {
  return getRuleContexts<NasParser::NameContext>();
}

NasParser::NameContext* NasParser::DeviceRefContext::name(size_t i) {
  return getRuleContext<NasParser::NameContext>(i);
}


size_t NasParser::DeviceRefContext::getRuleIndex() const {
  return NasParser::RuleDeviceRef;
}

antlrcpp::Any NasParser::DeviceRefContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitDeviceRef(this);
  else
    return visitor->visitChildren(this);
}

NasParser::DeviceRefContext* NasParser::deviceRef() {
  DeviceRefContext *_localctx = _tracker.createInstance<DeviceRefContext>(_ctx, getState());
  enterRule(_localctx, 30, NasParser::RuleDeviceRef);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    size_t alt;
    enterOuterAlt(_localctx, 1);
    setState(480);
    name();
    setState(485);
    _errHandler->sync(this);
    alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 62, _ctx);
    while (alt != 2 && alt != atn::ATN::INVALID_ALT_NUMBER) {
      if (alt == 1) {
        setState(481);
        match(NasParser::T__48);
        setState(482);
        name(); 
      }
      setState(487);
      _errHandler->sync(this);
      alt = getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 62, _ctx);
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

NasParser::NameContext* NasParser::ArgumentContext::name() {
  return getRuleContext<NasParser::NameContext>(0);
}


size_t NasParser::ArgumentContext::getRuleIndex() const {
  return NasParser::RuleArgument;
}

antlrcpp::Any NasParser::ArgumentContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitArgument(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ArgumentContext* NasParser::argument() {
  ArgumentContext *_localctx = _tracker.createInstance<ArgumentContext>(_ctx, getState());
  enterRule(_localctx, 32, NasParser::RuleArgument);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(491);
    _errHandler->sync(this);

    switch (getInterpreter<atn::ParserATNSimulator>()->adaptivePredict(_input, 63, _ctx)) {
    case 1: {
      setState(488);
      name();
      setState(489);
      match(NasParser::T__7);
      break;
    }

    }
    setState(493);
    expr(0);
   
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


size_t NasParser::ArmContext::getRuleIndex() const {
  return NasParser::RuleArm;
}

antlrcpp::Any NasParser::ArmContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitArm(this);
  else
    return visitor->visitChildren(this);
}

NasParser::ArmContext* NasParser::arm() {
  ArmContext *_localctx = _tracker.createInstance<ArmContext>(_ctx, getState());
  enterRule(_localctx, 34, NasParser::RuleArm);
  size_t _la = 0;

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    enterOuterAlt(_localctx, 1);
    setState(495);
    expr(0);
    setState(498);
    _errHandler->sync(this);

    _la = _input->LA(1);
    if (_la == NasParser::T__17) {
      setState(496);
      match(NasParser::T__17);
      setState(497);
      expr(0);
    }
   
  }
  catch (RecognitionException &e) {
    _errHandler->reportError(this, e);
    _localctx->exception = std::current_exception();
    _errHandler->recover(this, _localctx->exception);
  }

  return _localctx;
}

//----------------- NameContext ------------------------------------------------------------------

NasParser::NameContext::NameContext(ParserRuleContext *parent, size_t invokingState)
  : ParserRuleContext(parent, invokingState) {
}

tree::TerminalNode* NasParser::NameContext::NAME() {
  return getToken(NasParser::NAME, 0);
}

NasParser::StageWordContext* NasParser::NameContext::stageWord() {
  return getRuleContext<NasParser::StageWordContext>(0);
}

NasParser::ClauseWordContext* NasParser::NameContext::clauseWord() {
  return getRuleContext<NasParser::ClauseWordContext>(0);
}


size_t NasParser::NameContext::getRuleIndex() const {
  return NasParser::RuleName;
}

antlrcpp::Any NasParser::NameContext::accept(tree::ParseTreeVisitor *visitor) {
  if (auto parserVisitor = dynamic_cast<NasVisitor*>(visitor))
    return parserVisitor->visitName(this);
  else
    return visitor->visitChildren(this);
}

NasParser::NameContext* NasParser::name() {
  NameContext *_localctx = _tracker.createInstance<NameContext>(_ctx, getState());
  enterRule(_localctx, 36, NasParser::RuleName);

  auto onExit = finally([=] {
    exitRule();
  });
  try {
    setState(522);
    _errHandler->sync(this);
    switch (_input->LA(1)) {
      case NasParser::NAME: {
        enterOuterAlt(_localctx, 1);
        setState(500);
        match(NasParser::NAME);
        break;
      }

      case NasParser::T__15:
      case NasParser::T__21:
      case NasParser::T__22:
      case NasParser::T__23:
      case NasParser::T__24:
      case NasParser::T__25:
      case NasParser::T__26:
      case NasParser::T__27:
      case NasParser::T__28:
      case NasParser::T__29:
      case NasParser::T__30:
      case NasParser::T__31:
      case NasParser::T__32: {
        enterOuterAlt(_localctx, 2);
        setState(501);
        stageWord();
        break;
      }

      case NasParser::T__4:
      case NasParser::T__33:
      case NasParser::T__34:
      case NasParser::T__35:
      case NasParser::T__36:
      case NasParser::T__37:
      case NasParser::T__38:
      case NasParser::T__39:
      case NasParser::T__40:
      case NasParser::T__41: {
        enterOuterAlt(_localctx, 3);
        setState(502);
        clauseWord();
        break;
      }

      case NasParser::T__2: {
        enterOuterAlt(_localctx, 4);
        setState(503);
        match(NasParser::T__2);
        break;
      }

      case NasParser::T__3: {
        enterOuterAlt(_localctx, 5);
        setState(504);
        match(NasParser::T__3);
        break;
      }

      case NasParser::T__5: {
        enterOuterAlt(_localctx, 6);
        setState(505);
        match(NasParser::T__5);
        break;
      }

      case NasParser::T__6: {
        enterOuterAlt(_localctx, 7);
        setState(506);
        match(NasParser::T__6);
        break;
      }

      case NasParser::T__8: {
        enterOuterAlt(_localctx, 8);
        setState(507);
        match(NasParser::T__8);
        break;
      }

      case NasParser::T__13: {
        enterOuterAlt(_localctx, 9);
        setState(508);
        match(NasParser::T__13);
        break;
      }

      case NasParser::T__16: {
        enterOuterAlt(_localctx, 10);
        setState(509);
        match(NasParser::T__16);
        break;
      }

      case NasParser::T__19: {
        enterOuterAlt(_localctx, 11);
        setState(510);
        match(NasParser::T__19);
        break;
      }

      case NasParser::T__20: {
        enterOuterAlt(_localctx, 12);
        setState(511);
        match(NasParser::T__20);
        break;
      }

      case NasParser::T__46: {
        enterOuterAlt(_localctx, 13);
        setState(512);
        match(NasParser::T__46);
        break;
      }

      case NasParser::T__47: {
        enterOuterAlt(_localctx, 14);
        setState(513);
        match(NasParser::T__47);
        break;
      }

      case NasParser::T__42: {
        enterOuterAlt(_localctx, 15);
        setState(514);
        match(NasParser::T__42);
        break;
      }

      case NasParser::T__43: {
        enterOuterAlt(_localctx, 16);
        setState(515);
        match(NasParser::T__43);
        break;
      }

      case NasParser::T__59: {
        enterOuterAlt(_localctx, 17);
        setState(516);
        match(NasParser::T__59);
        break;
      }

      case NasParser::T__10: {
        enterOuterAlt(_localctx, 18);
        setState(517);
        match(NasParser::T__10);
        break;
      }

      case NasParser::T__70: {
        enterOuterAlt(_localctx, 19);
        setState(518);
        match(NasParser::T__70);
        break;
      }

      case NasParser::T__71: {
        enterOuterAlt(_localctx, 20);
        setState(519);
        match(NasParser::T__71);
        break;
      }

      case NasParser::T__14: {
        enterOuterAlt(_localctx, 21);
        setState(520);
        match(NasParser::T__14);
        break;
      }

      case NasParser::T__11: {
        enterOuterAlt(_localctx, 22);
        setState(521);
        match(NasParser::T__11);
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

bool NasParser::sempred(RuleContext *context, size_t ruleIndex, size_t predicateIndex) {
  switch (ruleIndex) {
    case 14: return exprSempred(dynamic_cast<ExprContext *>(context), predicateIndex);

  default:
    break;
  }
  return true;
}

bool NasParser::exprSempred(ExprContext *_localctx, size_t predicateIndex) {
  switch (predicateIndex) {
    case 0: return precpred(_ctx, 18);
    case 1: return precpred(_ctx, 16);
    case 2: return precpred(_ctx, 15);
    case 3: return precpred(_ctx, 13);
    case 4: return precpred(_ctx, 11);
    case 5: return precpred(_ctx, 10);
    case 6: return precpred(_ctx, 22);
    case 7: return precpred(_ctx, 21);
    case 8: return precpred(_ctx, 20);
    case 9: return precpred(_ctx, 19);
    case 10: return precpred(_ctx, 14);

  default:
    break;
  }
  return true;
}

// Static vars and initialization.
std::vector<dfa::DFA> NasParser::_decisionToDFA;
atn::PredictionContextCache NasParser::_sharedContextCache;

// We own the ATN which in turn owns the ATN states.
atn::ATN NasParser::_atn;
std::vector<uint16_t> NasParser::_serializedATN;

std::vector<std::string> NasParser::_ruleNames = {
  "script", "body", "statement", "stageWord", "clauseWord", "clause", "operands", 
  "operand", "settings", "setting", "parameters", "parameter", "spaceBody", 
  "spaceItem", "expr", "deviceRef", "argument", "arm", "name"
};

std::vector<std::string> NasParser::_literalNames = {
  "", "'{'", "'}'", "'nas'", "'import'", "'as'", "'seed'", "'let'", "'='", 
  "'param'", "':'", "'in'", "'require'", "','", "'show'", "'def'", "'space'", 
  "'foreach'", "'if'", "'else'", "'when'", "'otherwise'", "'device'", "'dataset'", 
  "'objective'", "'predictor'", "'profile'", "'train'", "'transfer'", "'search'", 
  "'place'", "'plot'", "'export'", "'report'", "'on'", "'over'", "'using'", 
  "'with'", "'from'", "'to'", "'of'", "'where'", "'until'", "'maximize'", 
  "'minimize'", "'('", "')'", "'rule'", "'spelling'", "'.'", "'@'", "'['", 
  "'*'", "']'", "'^'", "'-'", "'/'", "'%'", "'+'", "'..'", "'step'", "'<'", 
  "'<='", "'>'", "'>='", "'=='", "'!='", "'not'", "'and'", "'or'", "'then'", 
  "'choice'", "'repeat'", "'true'", "'false'"
};

std::vector<std::string> NasParser::_symbolicNames = {
  "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 
  "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 
  "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 
  "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", 
  "", "", "", "NUMBER", "NAME", "STRING", "UNFINISHED_STRING", "NL", "SPACE", 
  "COMMENT", "STRAY"
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
    0x3, 0x54, 0x20f, 0x4, 0x2, 0x9, 0x2, 0x4, 0x3, 0x9, 0x3, 0x4, 0x4, 
    0x9, 0x4, 0x4, 0x5, 0x9, 0x5, 0x4, 0x6, 0x9, 0x6, 0x4, 0x7, 0x9, 0x7, 
    0x4, 0x8, 0x9, 0x8, 0x4, 0x9, 0x9, 0x9, 0x4, 0xa, 0x9, 0xa, 0x4, 0xb, 
    0x9, 0xb, 0x4, 0xc, 0x9, 0xc, 0x4, 0xd, 0x9, 0xd, 0x4, 0xe, 0x9, 0xe, 
    0x4, 0xf, 0x9, 0xf, 0x4, 0x10, 0x9, 0x10, 0x4, 0x11, 0x9, 0x11, 0x4, 
    0x12, 0x9, 0x12, 0x4, 0x13, 0x9, 0x13, 0x4, 0x14, 0x9, 0x14, 0x3, 0x2, 
    0x7, 0x2, 0x2a, 0xa, 0x2, 0xc, 0x2, 0xe, 0x2, 0x2d, 0xb, 0x2, 0x3, 0x2, 
    0x3, 0x2, 0x6, 0x2, 0x31, 0xa, 0x2, 0xd, 0x2, 0xe, 0x2, 0x32, 0x3, 0x2, 
    0x7, 0x2, 0x36, 0xa, 0x2, 0xc, 0x2, 0xe, 0x2, 0x39, 0xb, 0x2, 0x3, 0x2, 
    0x7, 0x2, 0x3c, 0xa, 0x2, 0xc, 0x2, 0xe, 0x2, 0x3f, 0xb, 0x2, 0x5, 0x2, 
    0x41, 0xa, 0x2, 0x3, 0x2, 0x3, 0x2, 0x3, 0x3, 0x3, 0x3, 0x7, 0x3, 0x47, 
    0xa, 0x3, 0xc, 0x3, 0xe, 0x3, 0x4a, 0xb, 0x3, 0x3, 0x3, 0x3, 0x3, 0x6, 
    0x3, 0x4e, 0xa, 0x3, 0xd, 0x3, 0xe, 0x3, 0x4f, 0x3, 0x3, 0x7, 0x3, 0x53, 
    0xa, 0x3, 0xc, 0x3, 0xe, 0x3, 0x56, 0xb, 0x3, 0x3, 0x3, 0x7, 0x3, 0x59, 
    0xa, 0x3, 0xc, 0x3, 0xe, 0x3, 0x5c, 0xb, 0x3, 0x5, 0x3, 0x5e, 0xa, 0x3, 
    0x3, 0x3, 0x3, 0x3, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 
    0x3, 0x4, 0x5, 0x4, 0x68, 0xa, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 0x4, 0x79, 0xa, 0x4, 
    0x3, 0x4, 0x5, 0x4, 0x7c, 0xa, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x5, 0x4, 0x82, 0xa, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 
    0x7, 0x4, 0x88, 0xa, 0x4, 0xc, 0x4, 0xe, 0x4, 0x8b, 0xb, 0x4, 0x3, 0x4, 
    0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 0x4, 0x91, 0xa, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 0x4, 0xa6, 0xa, 0x4, 0x3, 0x4, 
    0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 0x4, 0xad, 0xa, 0x4, 0x3, 
    0x4, 0x3, 0x4, 0x3, 0x4, 0x3, 0x4, 0x5, 0x4, 0xb3, 0xa, 0x4, 0x3, 0x4, 
    0x5, 0x4, 0xb6, 0xa, 0x4, 0x3, 0x4, 0x7, 0x4, 0xb9, 0xa, 0x4, 0xc, 0x4, 
    0xe, 0x4, 0xbc, 0xb, 0x4, 0x3, 0x4, 0x5, 0x4, 0xbf, 0xa, 0x4, 0x5, 0x4, 
    0xc1, 0xa, 0x4, 0x3, 0x5, 0x3, 0x5, 0x3, 0x6, 0x3, 0x6, 0x3, 0x7, 0x3, 
    0x7, 0x3, 0x7, 0x3, 0x8, 0x3, 0x8, 0x3, 0x8, 0x7, 0x8, 0xcd, 0xa, 0x8, 
    0xc, 0x8, 0xe, 0x8, 0xd0, 0xb, 0x8, 0x3, 0x9, 0x3, 0x9, 0x3, 0x9, 0x5, 
    0x9, 0xd5, 0xa, 0x9, 0x3, 0xa, 0x3, 0xa, 0x7, 0xa, 0xd9, 0xa, 0xa, 0xc, 
    0xa, 0xe, 0xa, 0xdc, 0xb, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xa, 0x7, 0xa, 
    0xe1, 0xa, 0xa, 0xc, 0xa, 0xe, 0xa, 0xe4, 0xb, 0xa, 0x3, 0xa, 0x7, 0xa, 
    0xe7, 0xa, 0xa, 0xc, 0xa, 0xe, 0xa, 0xea, 0xb, 0xa, 0x3, 0xa, 0x5, 0xa, 
    0xed, 0xa, 0xa, 0x3, 0xa, 0x7, 0xa, 0xf0, 0xa, 0xa, 0xc, 0xa, 0xe, 0xa, 
    0xf3, 0xb, 0xa, 0x5, 0xa, 0xf5, 0xa, 0xa, 0x3, 0xa, 0x3, 0xa, 0x3, 0xb, 
    0x3, 0xb, 0x3, 0xb, 0x3, 0xb, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xc, 
    0x7, 0xc, 0x101, 0xa, 0xc, 0xc, 0xc, 0xe, 0xc, 0x104, 0xb, 0xc, 0x5, 
    0xc, 0x106, 0xa, 0xc, 0x3, 0xc, 0x3, 0xc, 0x3, 0xd, 0x3, 0xd, 0x3, 0xd, 
    0x5, 0xd, 0x10d, 0xa, 0xd, 0x3, 0xd, 0x3, 0xd, 0x5, 0xd, 0x111, 0xa, 
    0xd, 0x3, 0xe, 0x3, 0xe, 0x7, 0xe, 0x115, 0xa, 0xe, 0xc, 0xe, 0xe, 0xe, 
    0x118, 0xb, 0xe, 0x3, 0xe, 0x3, 0xe, 0x6, 0xe, 0x11c, 0xa, 0xe, 0xd, 
    0xe, 0xe, 0xe, 0x11d, 0x3, 0xe, 0x7, 0xe, 0x121, 0xa, 0xe, 0xc, 0xe, 
    0xe, 0xe, 0x124, 0xb, 0xe, 0x3, 0xe, 0x7, 0xe, 0x127, 0xa, 0xe, 0xc, 
    0xe, 0xe, 0xe, 0x12a, 0xb, 0xe, 0x5, 0xe, 0x12c, 0xa, 0xe, 0x3, 0xe, 
    0x3, 0xe, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 
    0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 0x139, 0xa, 0xf, 0x3, 0xf, 0x3, 
    0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 
    0xf, 0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 0x146, 0xa, 0xf, 0x3, 0xf, 0x3, 0xf, 
    0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x5, 0xf, 0x14e, 0xa, 0xf, 0x5, 
    0xf, 0x150, 0xa, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 0x3, 0xf, 
    0x5, 0xf, 0x157, 0xa, 0xf, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 
    0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x7, 0x10, 0x168, 
    0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 0x16b, 0xb, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x7, 0x10, 0x170, 0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 0x173, 
    0xb, 0x10, 0x3, 0x10, 0x7, 0x10, 0x176, 0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 
    0x179, 0xb, 0x10, 0x3, 0x10, 0x5, 0x10, 0x17c, 0xa, 0x10, 0x3, 0x10, 
    0x7, 0x10, 0x17f, 0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 0x182, 0xb, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 
    0x10, 0x18a, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x7, 0x10, 0x193, 0xa, 0x10, 0xc, 0x10, 
    0xe, 0x10, 0x196, 0xb, 0x10, 0x5, 0x10, 0x198, 0xa, 0x10, 0x3, 0x10, 
    0x5, 0x10, 0x19b, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x1a6, 
    0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 
    0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 
    0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x7, 0x10, 0x1c5, 0xa, 0x10, 
    0xc, 0x10, 0xe, 0x10, 0x1c8, 0xb, 0x10, 0x5, 0x10, 0x1ca, 0xa, 0x10, 
    0x3, 0x10, 0x5, 0x10, 0x1cd, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x1d4, 0xa, 0x10, 0x3, 0x10, 0x3, 0x10, 
    0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x3, 0x10, 0x5, 0x10, 0x1dc, 0xa, 0x10, 
    0x7, 0x10, 0x1de, 0xa, 0x10, 0xc, 0x10, 0xe, 0x10, 0x1e1, 0xb, 0x10, 
    0x3, 0x11, 0x3, 0x11, 0x3, 0x11, 0x7, 0x11, 0x1e6, 0xa, 0x11, 0xc, 0x11, 
    0xe, 0x11, 0x1e9, 0xb, 0x11, 0x3, 0x12, 0x3, 0x12, 0x3, 0x12, 0x5, 0x12, 
    0x1ee, 0xa, 0x12, 0x3, 0x12, 0x3, 0x12, 0x3, 0x13, 0x3, 0x13, 0x3, 0x13, 
    0x5, 0x13, 0x1f5, 0xa, 0x13, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 
    0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 
    0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x3, 0x14, 0x5, 0x14, 0x20d, 
    0xa, 0x14, 0x3, 0x14, 0x2, 0x3, 0x1e, 0x15, 0x2, 0x4, 0x6, 0x8, 0xa, 
    0xc, 0xe, 0x10, 0x12, 0x14, 0x16, 0x18, 0x1a, 0x1c, 0x1e, 0x20, 0x22, 
    0x24, 0x26, 0x2, 0xa, 0x4, 0x2, 0x12, 0x12, 0x18, 0x23, 0x4, 0x2, 0x7, 
    0x7, 0x24, 0x2c, 0x3, 0x2, 0x2d, 0x2e, 0x4, 0x2, 0xf, 0xf, 0x51, 0x51, 
    0x3, 0x2, 0x4b, 0x4c, 0x4, 0x2, 0x36, 0x36, 0x3a, 0x3b, 0x4, 0x2, 0x39, 
    0x39, 0x3c, 0x3c, 0x3, 0x2, 0x3f, 0x44, 0x2, 0x273, 0x2, 0x2b, 0x3, 
    0x2, 0x2, 0x2, 0x4, 0x44, 0x3, 0x2, 0x2, 0x2, 0x6, 0xc0, 0x3, 0x2, 0x2, 
    0x2, 0x8, 0xc2, 0x3, 0x2, 0x2, 0x2, 0xa, 0xc4, 0x3, 0x2, 0x2, 0x2, 0xc, 
    0xc6, 0x3, 0x2, 0x2, 0x2, 0xe, 0xc9, 0x3, 0x2, 0x2, 0x2, 0x10, 0xd4, 
    0x3, 0x2, 0x2, 0x2, 0x12, 0xd6, 0x3, 0x2, 0x2, 0x2, 0x14, 0xf8, 0x3, 
    0x2, 0x2, 0x2, 0x16, 0xfc, 0x3, 0x2, 0x2, 0x2, 0x18, 0x109, 0x3, 0x2, 
    0x2, 0x2, 0x1a, 0x112, 0x3, 0x2, 0x2, 0x2, 0x1c, 0x156, 0x3, 0x2, 0x2, 
    0x2, 0x1e, 0x1a5, 0x3, 0x2, 0x2, 0x2, 0x20, 0x1e2, 0x3, 0x2, 0x2, 0x2, 
    0x22, 0x1ed, 0x3, 0x2, 0x2, 0x2, 0x24, 0x1f1, 0x3, 0x2, 0x2, 0x2, 0x26, 
    0x20c, 0x3, 0x2, 0x2, 0x2, 0x28, 0x2a, 0x7, 0x51, 0x2, 0x2, 0x29, 0x28, 
    0x3, 0x2, 0x2, 0x2, 0x2a, 0x2d, 0x3, 0x2, 0x2, 0x2, 0x2b, 0x29, 0x3, 
    0x2, 0x2, 0x2, 0x2b, 0x2c, 0x3, 0x2, 0x2, 0x2, 0x2c, 0x40, 0x3, 0x2, 
    0x2, 0x2, 0x2d, 0x2b, 0x3, 0x2, 0x2, 0x2, 0x2e, 0x37, 0x5, 0x6, 0x4, 
    0x2, 0x2f, 0x31, 0x7, 0x51, 0x2, 0x2, 0x30, 0x2f, 0x3, 0x2, 0x2, 0x2, 
    0x31, 0x32, 0x3, 0x2, 0x2, 0x2, 0x32, 0x30, 0x3, 0x2, 0x2, 0x2, 0x32, 
    0x33, 0x3, 0x2, 0x2, 0x2, 0x33, 0x34, 0x3, 0x2, 0x2, 0x2, 0x34, 0x36, 
    0x5, 0x6, 0x4, 0x2, 0x35, 0x30, 0x3, 0x2, 0x2, 0x2, 0x36, 0x39, 0x3, 
    0x2, 0x2, 0x2, 0x37, 0x35, 0x3, 0x2, 0x2, 0x2, 0x37, 0x38, 0x3, 0x2, 
    0x2, 0x2, 0x38, 0x3d, 0x3, 0x2, 0x2, 0x2, 0x39, 0x37, 0x3, 0x2, 0x2, 
    0x2, 0x3a, 0x3c, 0x7, 0x51, 0x2, 0x2, 0x3b, 0x3a, 0x3, 0x2, 0x2, 0x2, 
    0x3c, 0x3f, 0x3, 0x2, 0x2, 0x2, 0x3d, 0x3b, 0x3, 0x2, 0x2, 0x2, 0x3d, 
    0x3e, 0x3, 0x2, 0x2, 0x2, 0x3e, 0x41, 0x3, 0x2, 0x2, 0x2, 0x3f, 0x3d, 
    0x3, 0x2, 0x2, 0x2, 0x40, 0x2e, 0x3, 0x2, 0x2, 0x2, 0x40, 0x41, 0x3, 
    0x2, 0x2, 0x2, 0x41, 0x42, 0x3, 0x2, 0x2, 0x2, 0x42, 0x43, 0x7, 0x2, 
    0x2, 0x3, 0x43, 0x3, 0x3, 0x2, 0x2, 0x2, 0x44, 0x48, 0x7, 0x3, 0x2, 
    0x2, 0x45, 0x47, 0x7, 0x51, 0x2, 0x2, 0x46, 0x45, 0x3, 0x2, 0x2, 0x2, 
    0x47, 0x4a, 0x3, 0x2, 0x2, 0x2, 0x48, 0x46, 0x3, 0x2, 0x2, 0x2, 0x48, 
    0x49, 0x3, 0x2, 0x2, 0x2, 0x49, 0x5d, 0x3, 0x2, 0x2, 0x2, 0x4a, 0x48, 
    0x3, 0x2, 0x2, 0x2, 0x4b, 0x54, 0x5, 0x6, 0x4, 0x2, 0x4c, 0x4e, 0x7, 
    0x51, 0x2, 0x2, 0x4d, 0x4c, 0x3, 0x2, 0x2, 0x2, 0x4e, 0x4f, 0x3, 0x2, 
    0x2, 0x2, 0x4f, 0x4d, 0x3, 0x2, 0x2, 0x2, 0x4f, 0x50, 0x3, 0x2, 0x2, 
    0x2, 0x50, 0x51, 0x3, 0x2, 0x2, 0x2, 0x51, 0x53, 0x5, 0x6, 0x4, 0x2, 
    0x52, 0x4d, 0x3, 0x2, 0x2, 0x2, 0x53, 0x56, 0x3, 0x2, 0x2, 0x2, 0x54, 
    0x52, 0x3, 0x2, 0x2, 0x2, 0x54, 0x55, 0x3, 0x2, 0x2, 0x2, 0x55, 0x5a, 
    0x3, 0x2, 0x2, 0x2, 0x56, 0x54, 0x3, 0x2, 0x2, 0x2, 0x57, 0x59, 0x7, 
    0x51, 0x2, 0x2, 0x58, 0x57, 0x3, 0x2, 0x2, 0x2, 0x59, 0x5c, 0x3, 0x2, 
    0x2, 0x2, 0x5a, 0x58, 0x3, 0x2, 0x2, 0x2, 0x5a, 0x5b, 0x3, 0x2, 0x2, 
    0x2, 0x5b, 0x5e, 0x3, 0x2, 0x2, 0x2, 0x5c, 0x5a, 0x3, 0x2, 0x2, 0x2, 
    0x5d, 0x4b, 0x3, 0x2, 0x2, 0x2, 0x5d, 0x5e, 0x3, 0x2, 0x2, 0x2, 0x5e, 
    0x5f, 0x3, 0x2, 0x2, 0x2, 0x5f, 0x60, 0x7, 0x4, 0x2, 0x2, 0x60, 0x5, 
    0x3, 0x2, 0x2, 0x2, 0x61, 0x62, 0x7, 0x5, 0x2, 0x2, 0x62, 0xc1, 0x7, 
    0x4d, 0x2, 0x2, 0x63, 0x64, 0x7, 0x6, 0x2, 0x2, 0x64, 0x67, 0x7, 0x4f, 
    0x2, 0x2, 0x65, 0x66, 0x7, 0x7, 0x2, 0x2, 0x66, 0x68, 0x5, 0x26, 0x14, 
    0x2, 0x67, 0x65, 0x3, 0x2, 0x2, 0x2, 0x67, 0x68, 0x3, 0x2, 0x2, 0x2, 
    0x68, 0xc1, 0x3, 0x2, 0x2, 0x2, 0x69, 0x6a, 0x7, 0x8, 0x2, 0x2, 0x6a, 
    0xc1, 0x5, 0x1e, 0x10, 0x2, 0x6b, 0x6c, 0x7, 0x9, 0x2, 0x2, 0x6c, 0x6d, 
    0x5, 0x26, 0x14, 0x2, 0x6d, 0x6e, 0x7, 0xa, 0x2, 0x2, 0x6e, 0x6f, 0x5, 
    0x1e, 0x10, 0x2, 0x6f, 0xc1, 0x3, 0x2, 0x2, 0x2, 0x70, 0x71, 0x7, 0xb, 
    0x2, 0x2, 0x71, 0x72, 0x5, 0x26, 0x14, 0x2, 0x72, 0x73, 0x7, 0xc, 0x2, 
    0x2, 0x73, 0x74, 0x5, 0x26, 0x14, 0x2, 0x74, 0x75, 0x7, 0xa, 0x2, 0x2, 
    0x75, 0x78, 0x5, 0x1e, 0x10, 0x2, 0x76, 0x77, 0x7, 0xd, 0x2, 0x2, 0x77, 
    0x79, 0x5, 0x1e, 0x10, 0x2, 0x78, 0x76, 0x3, 0x2, 0x2, 0x2, 0x78, 0x79, 
    0x3, 0x2, 0x2, 0x2, 0x79, 0x7b, 0x3, 0x2, 0x2, 0x2, 0x7a, 0x7c, 0x7, 
    0x4f, 0x2, 0x2, 0x7b, 0x7a, 0x3, 0x2, 0x2, 0x2, 0x7b, 0x7c, 0x3, 0x2, 
    0x2, 0x2, 0x7c, 0xc1, 0x3, 0x2, 0x2, 0x2, 0x7d, 0x7e, 0x7, 0xe, 0x2, 
    0x2, 0x7e, 0x81, 0x5, 0x1e, 0x10, 0x2, 0x7f, 0x80, 0x7, 0xf, 0x2, 0x2, 
    0x80, 0x82, 0x7, 0x4f, 0x2, 0x2, 0x81, 0x7f, 0x3, 0x2, 0x2, 0x2, 0x81, 
    0x82, 0x3, 0x2, 0x2, 0x2, 0x82, 0xc1, 0x3, 0x2, 0x2, 0x2, 0x83, 0x84, 
    0x7, 0x10, 0x2, 0x2, 0x84, 0x89, 0x5, 0x1e, 0x10, 0x2, 0x85, 0x86, 0x7, 
    0xf, 0x2, 0x2, 0x86, 0x88, 0x5, 0x1e, 0x10, 0x2, 0x87, 0x85, 0x3, 0x2, 
    0x2, 0x2, 0x88, 0x8b, 0x3, 0x2, 0x2, 0x2, 0x89, 0x87, 0x3, 0x2, 0x2, 
    0x2, 0x89, 0x8a, 0x3, 0x2, 0x2, 0x2, 0x8a, 0xc1, 0x3, 0x2, 0x2, 0x2, 
    0x8b, 0x89, 0x3, 0x2, 0x2, 0x2, 0x8c, 0x8d, 0x7, 0x11, 0x2, 0x2, 0x8d, 
    0x8e, 0x7, 0x12, 0x2, 0x2, 0x8e, 0x90, 0x5, 0x26, 0x14, 0x2, 0x8f, 0x91, 
    0x5, 0x16, 0xc, 0x2, 0x90, 0x8f, 0x3, 0x2, 0x2, 0x2, 0x90, 0x91, 0x3, 
    0x2, 0x2, 0x2, 0x91, 0x92, 0x3, 0x2, 0x2, 0x2, 0x92, 0x93, 0x5, 0x1a, 
    0xe, 0x2, 0x93, 0xc1, 0x3, 0x2, 0x2, 0x2, 0x94, 0x95, 0x7, 0x11, 0x2, 
    0x2, 0x95, 0x96, 0x5, 0x26, 0x14, 0x2, 0x96, 0x97, 0x5, 0x16, 0xc, 0x2, 
    0x97, 0x98, 0x7, 0xa, 0x2, 0x2, 0x98, 0x99, 0x5, 0x1e, 0x10, 0x2, 0x99, 
    0xc1, 0x3, 0x2, 0x2, 0x2, 0x9a, 0x9b, 0x7, 0x13, 0x2, 0x2, 0x9b, 0x9c, 
    0x5, 0x26, 0x14, 0x2, 0x9c, 0x9d, 0x7, 0xd, 0x2, 0x2, 0x9d, 0x9e, 0x5, 
    0x1e, 0x10, 0x2, 0x9e, 0x9f, 0x5, 0x4, 0x3, 0x2, 0x9f, 0xc1, 0x3, 0x2, 
    0x2, 0x2, 0xa0, 0xa1, 0x7, 0x14, 0x2, 0x2, 0xa1, 0xa2, 0x5, 0x1e, 0x10, 
    0x2, 0xa2, 0xa5, 0x5, 0x4, 0x3, 0x2, 0xa3, 0xa4, 0x7, 0x15, 0x2, 0x2, 
    0xa4, 0xa6, 0x5, 0x4, 0x3, 0x2, 0xa5, 0xa3, 0x3, 0x2, 0x2, 0x2, 0xa5, 
    0xa6, 0x3, 0x2, 0x2, 0x2, 0xa6, 0xc1, 0x3, 0x2, 0x2, 0x2, 0xa7, 0xa8, 
    0x7, 0x16, 0x2, 0x2, 0xa8, 0xa9, 0x5, 0x1e, 0x10, 0x2, 0xa9, 0xac, 0x5, 
    0x4, 0x3, 0x2, 0xaa, 0xab, 0x7, 0x17, 0x2, 0x2, 0xab, 0xad, 0x5, 0x4, 
    0x3, 0x2, 0xac, 0xaa, 0x3, 0x2, 0x2, 0x2, 0xac, 0xad, 0x3, 0x2, 0x2, 
    0x2, 0xad, 0xc1, 0x3, 0x2, 0x2, 0x2, 0xae, 0xb2, 0x5, 0x8, 0x5, 0x2, 
    0xaf, 0xb0, 0x5, 0x26, 0x14, 0x2, 0xb0, 0xb1, 0x7, 0xa, 0x2, 0x2, 0xb1, 
    0xb3, 0x3, 0x2, 0x2, 0x2, 0xb2, 0xaf, 0x3, 0x2, 0x2, 0x2, 0xb2, 0xb3, 
    0x3, 0x2, 0x2, 0x2, 0xb3, 0xb5, 0x3, 0x2, 0x2, 0x2, 0xb4, 0xb6, 0x5, 
    0xe, 0x8, 0x2, 0xb5, 0xb4, 0x3, 0x2, 0x2, 0x2, 0xb5, 0xb6, 0x3, 0x2, 
    0x2, 0x2, 0xb6, 0xba, 0x3, 0x2, 0x2, 0x2, 0xb7, 0xb9, 0x5, 0xc, 0x7, 
    0x2, 0xb8, 0xb7, 0x3, 0x2, 0x2, 0x2, 0xb9, 0xbc, 0x3, 0x2, 0x2, 0x2, 
    0xba, 0xb8, 0x3, 0x2, 0x2, 0x2, 0xba, 0xbb, 0x3, 0x2, 0x2, 0x2, 0xbb, 
    0xbe, 0x3, 0x2, 0x2, 0x2, 0xbc, 0xba, 0x3, 0x2, 0x2, 0x2, 0xbd, 0xbf, 
    0x5, 0x12, 0xa, 0x2, 0xbe, 0xbd, 0x3, 0x2, 0x2, 0x2, 0xbe, 0xbf, 0x3, 
    0x2, 0x2, 0x2, 0xbf, 0xc1, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x61, 0x3, 0x2, 
    0x2, 0x2, 0xc0, 0x63, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x69, 0x3, 0x2, 0x2, 
    0x2, 0xc0, 0x6b, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x70, 0x3, 0x2, 0x2, 0x2, 
    0xc0, 0x7d, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x83, 0x3, 0x2, 0x2, 0x2, 0xc0, 
    0x8c, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x94, 0x3, 0x2, 0x2, 0x2, 0xc0, 0x9a, 
    0x3, 0x2, 0x2, 0x2, 0xc0, 0xa0, 0x3, 0x2, 0x2, 0x2, 0xc0, 0xa7, 0x3, 
    0x2, 0x2, 0x2, 0xc0, 0xae, 0x3, 0x2, 0x2, 0x2, 0xc1, 0x7, 0x3, 0x2, 
    0x2, 0x2, 0xc2, 0xc3, 0x9, 0x2, 0x2, 0x2, 0xc3, 0x9, 0x3, 0x2, 0x2, 
    0x2, 0xc4, 0xc5, 0x9, 0x3, 0x2, 0x2, 0xc5, 0xb, 0x3, 0x2, 0x2, 0x2, 
    0xc6, 0xc7, 0x5, 0xa, 0x6, 0x2, 0xc7, 0xc8, 0x5, 0xe, 0x8, 0x2, 0xc8, 
    0xd, 0x3, 0x2, 0x2, 0x2, 0xc9, 0xce, 0x5, 0x10, 0x9, 0x2, 0xca, 0xcb, 
    0x7, 0xf, 0x2, 0x2, 0xcb, 0xcd, 0x5, 0x10, 0x9, 0x2, 0xcc, 0xca, 0x3, 
    0x2, 0x2, 0x2, 0xcd, 0xd0, 0x3, 0x2, 0x2, 0x2, 0xce, 0xcc, 0x3, 0x2, 
    0x2, 0x2, 0xce, 0xcf, 0x3, 0x2, 0x2, 0x2, 0xcf, 0xf, 0x3, 0x2, 0x2, 
    0x2, 0xd0, 0xce, 0x3, 0x2, 0x2, 0x2, 0xd1, 0xd2, 0x9, 0x4, 0x2, 0x2, 
    0xd2, 0xd5, 0x5, 0x1e, 0x10, 0x2, 0xd3, 0xd5, 0x5, 0x1e, 0x10, 0x2, 
    0xd4, 0xd1, 0x3, 0x2, 0x2, 0x2, 0xd4, 0xd3, 0x3, 0x2, 0x2, 0x2, 0xd5, 
    0x11, 0x3, 0x2, 0x2, 0x2, 0xd6, 0xda, 0x7, 0x3, 0x2, 0x2, 0xd7, 0xd9, 
    0x7, 0x51, 0x2, 0x2, 0xd8, 0xd7, 0x3, 0x2, 0x2, 0x2, 0xd9, 0xdc, 0x3, 
    0x2, 0x2, 0x2, 0xda, 0xd8, 0x3, 0x2, 0x2, 0x2, 0xda, 0xdb, 0x3, 0x2, 
    0x2, 0x2, 0xdb, 0xf4, 0x3, 0x2, 0x2, 0x2, 0xdc, 0xda, 0x3, 0x2, 0x2, 
    0x2, 0xdd, 0xe8, 0x5, 0x14, 0xb, 0x2, 0xde, 0xe2, 0x9, 0x5, 0x2, 0x2, 
    0xdf, 0xe1, 0x7, 0x51, 0x2, 0x2, 0xe0, 0xdf, 0x3, 0x2, 0x2, 0x2, 0xe1, 
    0xe4, 0x3, 0x2, 0x2, 0x2, 0xe2, 0xe0, 0x3, 0x2, 0x2, 0x2, 0xe2, 0xe3, 
    0x3, 0x2, 0x2, 0x2, 0xe3, 0xe5, 0x3, 0x2, 0x2, 0x2, 0xe4, 0xe2, 0x3, 
    0x2, 0x2, 0x2, 0xe5, 0xe7, 0x5, 0x14, 0xb, 0x2, 0xe6, 0xde, 0x3, 0x2, 
    0x2, 0x2, 0xe7, 0xea, 0x3, 0x2, 0x2, 0x2, 0xe8, 0xe6, 0x3, 0x2, 0x2, 
    0x2, 0xe8, 0xe9, 0x3, 0x2, 0x2, 0x2, 0xe9, 0xec, 0x3, 0x2, 0x2, 0x2, 
    0xea, 0xe8, 0x3, 0x2, 0x2, 0x2, 0xeb, 0xed, 0x9, 0x5, 0x2, 0x2, 0xec, 
    0xeb, 0x3, 0x2, 0x2, 0x2, 0xec, 0xed, 0x3, 0x2, 0x2, 0x2, 0xed, 0xf1, 
    0x3, 0x2, 0x2, 0x2, 0xee, 0xf0, 0x7, 0x51, 0x2, 0x2, 0xef, 0xee, 0x3, 
    0x2, 0x2, 0x2, 0xf0, 0xf3, 0x3, 0x2, 0x2, 0x2, 0xf1, 0xef, 0x3, 0x2, 
    0x2, 0x2, 0xf1, 0xf2, 0x3, 0x2, 0x2, 0x2, 0xf2, 0xf5, 0x3, 0x2, 0x2, 
    0x2, 0xf3, 0xf1, 0x3, 0x2, 0x2, 0x2, 0xf4, 0xdd, 0x3, 0x2, 0x2, 0x2, 
    0xf4, 0xf5, 0x3, 0x2, 0x2, 0x2, 0xf5, 0xf6, 0x3, 0x2, 0x2, 0x2, 0xf6, 
    0xf7, 0x7, 0x4, 0x2, 0x2, 0xf7, 0x13, 0x3, 0x2, 0x2, 0x2, 0xf8, 0xf9, 
    0x5, 0x26, 0x14, 0x2, 0xf9, 0xfa, 0x7, 0xa, 0x2, 0x2, 0xfa, 0xfb, 0x5, 
    0x1e, 0x10, 0x2, 0xfb, 0x15, 0x3, 0x2, 0x2, 0x2, 0xfc, 0x105, 0x7, 0x2f, 
    0x2, 0x2, 0xfd, 0x102, 0x5, 0x18, 0xd, 0x2, 0xfe, 0xff, 0x7, 0xf, 0x2, 
    0x2, 0xff, 0x101, 0x5, 0x18, 0xd, 0x2, 0x100, 0xfe, 0x3, 0x2, 0x2, 0x2, 
    0x101, 0x104, 0x3, 0x2, 0x2, 0x2, 0x102, 0x100, 0x3, 0x2, 0x2, 0x2, 
    0x102, 0x103, 0x3, 0x2, 0x2, 0x2, 0x103, 0x106, 0x3, 0x2, 0x2, 0x2, 
    0x104, 0x102, 0x3, 0x2, 0x2, 0x2, 0x105, 0xfd, 0x3, 0x2, 0x2, 0x2, 0x105, 
    0x106, 0x3, 0x2, 0x2, 0x2, 0x106, 0x107, 0x3, 0x2, 0x2, 0x2, 0x107, 
    0x108, 0x7, 0x30, 0x2, 0x2, 0x108, 0x17, 0x3, 0x2, 0x2, 0x2, 0x109, 
    0x10c, 0x5, 0x26, 0x14, 0x2, 0x10a, 0x10b, 0x7, 0xc, 0x2, 0x2, 0x10b, 
    0x10d, 0x5, 0x26, 0x14, 0x2, 0x10c, 0x10a, 0x3, 0x2, 0x2, 0x2, 0x10c, 
    0x10d, 0x3, 0x2, 0x2, 0x2, 0x10d, 0x110, 0x3, 0x2, 0x2, 0x2, 0x10e, 
    0x10f, 0x7, 0xa, 0x2, 0x2, 0x10f, 0x111, 0x5, 0x1e, 0x10, 0x2, 0x110, 
    0x10e, 0x3, 0x2, 0x2, 0x2, 0x110, 0x111, 0x3, 0x2, 0x2, 0x2, 0x111, 
    0x19, 0x3, 0x2, 0x2, 0x2, 0x112, 0x116, 0x7, 0x3, 0x2, 0x2, 0x113, 0x115, 
    0x7, 0x51, 0x2, 0x2, 0x114, 0x113, 0x3, 0x2, 0x2, 0x2, 0x115, 0x118, 
    0x3, 0x2, 0x2, 0x2, 0x116, 0x114, 0x3, 0x2, 0x2, 0x2, 0x116, 0x117, 
    0x3, 0x2, 0x2, 0x2, 0x117, 0x12b, 0x3, 0x2, 0x2, 0x2, 0x118, 0x116, 
    0x3, 0x2, 0x2, 0x2, 0x119, 0x122, 0x5, 0x1c, 0xf, 0x2, 0x11a, 0x11c, 
    0x7, 0x51, 0x2, 0x2, 0x11b, 0x11a, 0x3, 0x2, 0x2, 0x2, 0x11c, 0x11d, 
    0x3, 0x2, 0x2, 0x2, 0x11d, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x11d, 0x11e, 
    0x3, 0x2, 0x2, 0x2, 0x11e, 0x11f, 0x3, 0x2, 0x2, 0x2, 0x11f, 0x121, 
    0x5, 0x1c, 0xf, 0x2, 0x120, 0x11b, 0x3, 0x2, 0x2, 0x2, 0x121, 0x124, 
    0x3, 0x2, 0x2, 0x2, 0x122, 0x120, 0x3, 0x2, 0x2, 0x2, 0x122, 0x123, 
    0x3, 0x2, 0x2, 0x2, 0x123, 0x128, 0x3, 0x2, 0x2, 0x2, 0x124, 0x122, 
    0x3, 0x2, 0x2, 0x2, 0x125, 0x127, 0x7, 0x51, 0x2, 0x2, 0x126, 0x125, 
    0x3, 0x2, 0x2, 0x2, 0x127, 0x12a, 0x3, 0x2, 0x2, 0x2, 0x128, 0x126, 
    0x3, 0x2, 0x2, 0x2, 0x128, 0x129, 0x3, 0x2, 0x2, 0x2, 0x129, 0x12c, 
    0x3, 0x2, 0x2, 0x2, 0x12a, 0x128, 0x3, 0x2, 0x2, 0x2, 0x12b, 0x119, 
    0x3, 0x2, 0x2, 0x2, 0x12b, 0x12c, 0x3, 0x2, 0x2, 0x2, 0x12c, 0x12d, 
    0x3, 0x2, 0x2, 0x2, 0x12d, 0x12e, 0x7, 0x4, 0x2, 0x2, 0x12e, 0x1b, 0x3, 
    0x2, 0x2, 0x2, 0x12f, 0x130, 0x7, 0x9, 0x2, 0x2, 0x130, 0x131, 0x5, 
    0x26, 0x14, 0x2, 0x131, 0x132, 0x7, 0xa, 0x2, 0x2, 0x132, 0x133, 0x5, 
    0x1e, 0x10, 0x2, 0x133, 0x157, 0x3, 0x2, 0x2, 0x2, 0x134, 0x135, 0x7, 
    0xe, 0x2, 0x2, 0x135, 0x138, 0x5, 0x1e, 0x10, 0x2, 0x136, 0x137, 0x7, 
    0xf, 0x2, 0x2, 0x137, 0x139, 0x7, 0x4f, 0x2, 0x2, 0x138, 0x136, 0x3, 
    0x2, 0x2, 0x2, 0x138, 0x139, 0x3, 0x2, 0x2, 0x2, 0x139, 0x157, 0x3, 
    0x2, 0x2, 0x2, 0x13a, 0x13b, 0x7, 0x31, 0x2, 0x2, 0x13b, 0x13c, 0x5, 
    0x26, 0x14, 0x2, 0x13c, 0x13d, 0x5, 0x16, 0xc, 0x2, 0x13d, 0x13e, 0x7, 
    0xa, 0x2, 0x2, 0x13e, 0x13f, 0x5, 0x1e, 0x10, 0x2, 0x13f, 0x157, 0x3, 
    0x2, 0x2, 0x2, 0x140, 0x141, 0x7, 0x32, 0x2, 0x2, 0x141, 0x145, 0x5, 
    0x26, 0x14, 0x2, 0x142, 0x143, 0x7, 0xa, 0x2, 0x2, 0x143, 0x146, 0x5, 
    0x1e, 0x10, 0x2, 0x144, 0x146, 0x5, 0x12, 0xa, 0x2, 0x145, 0x142, 0x3, 
    0x2, 0x2, 0x2, 0x145, 0x144, 0x3, 0x2, 0x2, 0x2, 0x146, 0x157, 0x3, 
    0x2, 0x2, 0x2, 0x147, 0x148, 0x7, 0x14, 0x2, 0x2, 0x148, 0x149, 0x5, 
    0x1e, 0x10, 0x2, 0x149, 0x14f, 0x5, 0x1a, 0xe, 0x2, 0x14a, 0x14d, 0x7, 
    0x15, 0x2, 0x2, 0x14b, 0x14e, 0x5, 0x1a, 0xe, 0x2, 0x14c, 0x14e, 0x5, 
    0x1c, 0xf, 0x2, 0x14d, 0x14b, 0x3, 0x2, 0x2, 0x2, 0x14d, 0x14c, 0x3, 
    0x2, 0x2, 0x2, 0x14e, 0x150, 0x3, 0x2, 0x2, 0x2, 0x14f, 0x14a, 0x3, 
    0x2, 0x2, 0x2, 0x14f, 0x150, 0x3, 0x2, 0x2, 0x2, 0x150, 0x157, 0x3, 
    0x2, 0x2, 0x2, 0x151, 0x152, 0x5, 0x26, 0x14, 0x2, 0x152, 0x153, 0x7, 
    0xa, 0x2, 0x2, 0x153, 0x154, 0x5, 0x1e, 0x10, 0x2, 0x154, 0x157, 0x3, 
    0x2, 0x2, 0x2, 0x155, 0x157, 0x5, 0x1e, 0x10, 0x2, 0x156, 0x12f, 0x3, 
    0x2, 0x2, 0x2, 0x156, 0x134, 0x3, 0x2, 0x2, 0x2, 0x156, 0x13a, 0x3, 
    0x2, 0x2, 0x2, 0x156, 0x140, 0x3, 0x2, 0x2, 0x2, 0x156, 0x147, 0x3, 
    0x2, 0x2, 0x2, 0x156, 0x151, 0x3, 0x2, 0x2, 0x2, 0x156, 0x155, 0x3, 
    0x2, 0x2, 0x2, 0x157, 0x1d, 0x3, 0x2, 0x2, 0x2, 0x158, 0x159, 0x8, 0x10, 
    0x1, 0x2, 0x159, 0x15a, 0x7, 0x39, 0x2, 0x2, 0x15a, 0x1a6, 0x5, 0x1e, 
    0x10, 0x13, 0x15b, 0x15c, 0x7, 0x45, 0x2, 0x2, 0x15c, 0x1a6, 0x5, 0x1e, 
    0x10, 0xe, 0x15d, 0x15e, 0x7, 0x14, 0x2, 0x2, 0x15e, 0x15f, 0x5, 0x1e, 
    0x10, 0x2, 0x15f, 0x160, 0x7, 0x48, 0x2, 0x2, 0x160, 0x161, 0x5, 0x1e, 
    0x10, 0x2, 0x161, 0x162, 0x7, 0x15, 0x2, 0x2, 0x162, 0x163, 0x5, 0x1e, 
    0x10, 0xb, 0x163, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x164, 0x165, 0x7, 0x49, 
    0x2, 0x2, 0x165, 0x169, 0x7, 0x3, 0x2, 0x2, 0x166, 0x168, 0x7, 0x51, 
    0x2, 0x2, 0x167, 0x166, 0x3, 0x2, 0x2, 0x2, 0x168, 0x16b, 0x3, 0x2, 
    0x2, 0x2, 0x169, 0x167, 0x3, 0x2, 0x2, 0x2, 0x169, 0x16a, 0x3, 0x2, 
    0x2, 0x2, 0x16a, 0x16c, 0x3, 0x2, 0x2, 0x2, 0x16b, 0x169, 0x3, 0x2, 
    0x2, 0x2, 0x16c, 0x177, 0x5, 0x24, 0x13, 0x2, 0x16d, 0x171, 0x7, 0xf, 
    0x2, 0x2, 0x16e, 0x170, 0x7, 0x51, 0x2, 0x2, 0x16f, 0x16e, 0x3, 0x2, 
    0x2, 0x2, 0x170, 0x173, 0x3, 0x2, 0x2, 0x2, 0x171, 0x16f, 0x3, 0x2, 
    0x2, 0x2, 0x171, 0x172, 0x3, 0x2, 0x2, 0x2, 0x172, 0x174, 0x3, 0x2, 
    0x2, 0x2, 0x173, 0x171, 0x3, 0x2, 0x2, 0x2, 0x174, 0x176, 0x5, 0x24, 
    0x13, 0x2, 0x175, 0x16d, 0x3, 0x2, 0x2, 0x2, 0x176, 0x179, 0x3, 0x2, 
    0x2, 0x2, 0x177, 0x175, 0x3, 0x2, 0x2, 0x2, 0x177, 0x178, 0x3, 0x2, 
    0x2, 0x2, 0x178, 0x17b, 0x3, 0x2, 0x2, 0x2, 0x179, 0x177, 0x3, 0x2, 
    0x2, 0x2, 0x17a, 0x17c, 0x7, 0xf, 0x2, 0x2, 0x17b, 0x17a, 0x3, 0x2, 
    0x2, 0x2, 0x17b, 0x17c, 0x3, 0x2, 0x2, 0x2, 0x17c, 0x180, 0x3, 0x2, 
    0x2, 0x2, 0x17d, 0x17f, 0x7, 0x51, 0x2, 0x2, 0x17e, 0x17d, 0x3, 0x2, 
    0x2, 0x2, 0x17f, 0x182, 0x3, 0x2, 0x2, 0x2, 0x180, 0x17e, 0x3, 0x2, 
    0x2, 0x2, 0x180, 0x181, 0x3, 0x2, 0x2, 0x2, 0x181, 0x183, 0x3, 0x2, 
    0x2, 0x2, 0x182, 0x180, 0x3, 0x2, 0x2, 0x2, 0x183, 0x184, 0x7, 0x4, 
    0x2, 0x2, 0x184, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x185, 0x189, 0x7, 0x4a, 
    0x2, 0x2, 0x186, 0x187, 0x5, 0x26, 0x14, 0x2, 0x187, 0x188, 0x7, 0xd, 
    0x2, 0x2, 0x188, 0x18a, 0x3, 0x2, 0x2, 0x2, 0x189, 0x186, 0x3, 0x2, 
    0x2, 0x2, 0x189, 0x18a, 0x3, 0x2, 0x2, 0x2, 0x18a, 0x18b, 0x3, 0x2, 
    0x2, 0x2, 0x18b, 0x18c, 0x5, 0x1e, 0x10, 0x2, 0x18c, 0x18d, 0x5, 0x1a, 
    0xe, 0x2, 0x18d, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x18e, 0x197, 0x7, 0x35, 
    0x2, 0x2, 0x18f, 0x194, 0x5, 0x1e, 0x10, 0x2, 0x190, 0x191, 0x7, 0xf, 
    0x2, 0x2, 0x191, 0x193, 0x5, 0x1e, 0x10, 0x2, 0x192, 0x190, 0x3, 0x2, 
    0x2, 0x2, 0x193, 0x196, 0x3, 0x2, 0x2, 0x2, 0x194, 0x192, 0x3, 0x2, 
    0x2, 0x2, 0x194, 0x195, 0x3, 0x2, 0x2, 0x2, 0x195, 0x198, 0x3, 0x2, 
    0x2, 0x2, 0x196, 0x194, 0x3, 0x2, 0x2, 0x2, 0x197, 0x18f, 0x3, 0x2, 
    0x2, 0x2, 0x197, 0x198, 0x3, 0x2, 0x2, 0x2, 0x198, 0x19a, 0x3, 0x2, 
    0x2, 0x2, 0x199, 0x19b, 0x7, 0xf, 0x2, 0x2, 0x19a, 0x199, 0x3, 0x2, 
    0x2, 0x2, 0x19a, 0x19b, 0x3, 0x2, 0x2, 0x2, 0x19b, 0x19c, 0x3, 0x2, 
    0x2, 0x2, 0x19c, 0x1a6, 0x7, 0x37, 0x2, 0x2, 0x19d, 0x19e, 0x7, 0x2f, 
    0x2, 0x2, 0x19e, 0x19f, 0x5, 0x1e, 0x10, 0x2, 0x19f, 0x1a0, 0x7, 0x30, 
    0x2, 0x2, 0x1a0, 0x1a6, 0x3, 0x2, 0x2, 0x2, 0x1a1, 0x1a6, 0x7, 0x4d, 
    0x2, 0x2, 0x1a2, 0x1a6, 0x7, 0x4f, 0x2, 0x2, 0x1a3, 0x1a6, 0x9, 0x6, 
    0x2, 0x2, 0x1a4, 0x1a6, 0x5, 0x26, 0x14, 0x2, 0x1a5, 0x158, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x15b, 0x3, 0x2, 0x2, 0x2, 0x1a5, 0x15d, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x164, 0x3, 0x2, 0x2, 0x2, 0x1a5, 0x185, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x18e, 0x3, 0x2, 0x2, 0x2, 0x1a5, 0x19d, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x1a1, 0x3, 0x2, 0x2, 0x2, 0x1a5, 0x1a2, 0x3, 0x2, 
    0x2, 0x2, 0x1a5, 0x1a3, 0x3, 0x2, 0x2, 0x2, 0x1a5, 0x1a4, 0x3, 0x2, 
    0x2, 0x2, 0x1a6, 0x1df, 0x3, 0x2, 0x2, 0x2, 0x1a7, 0x1a8, 0xc, 0x14, 
    0x2, 0x2, 0x1a8, 0x1a9, 0x7, 0x38, 0x2, 0x2, 0x1a9, 0x1de, 0x5, 0x1e, 
    0x10, 0x14, 0x1aa, 0x1ab, 0xc, 0x12, 0x2, 0x2, 0x1ab, 0x1ac, 0x9, 0x7, 
    0x2, 0x2, 0x1ac, 0x1de, 0x5, 0x1e, 0x10, 0x13, 0x1ad, 0x1ae, 0xc, 0x11, 
    0x2, 0x2, 0x1ae, 0x1af, 0x9, 0x8, 0x2, 0x2, 0x1af, 0x1de, 0x5, 0x1e, 
    0x10, 0x12, 0x1b0, 0x1b1, 0xc, 0xf, 0x2, 0x2, 0x1b1, 0x1b2, 0x9, 0x9, 
    0x2, 0x2, 0x1b2, 0x1de, 0x5, 0x1e, 0x10, 0x10, 0x1b3, 0x1b4, 0xc, 0xd, 
    0x2, 0x2, 0x1b4, 0x1b5, 0x7, 0x46, 0x2, 0x2, 0x1b5, 0x1de, 0x5, 0x1e, 
    0x10, 0xe, 0x1b6, 0x1b7, 0xc, 0xc, 0x2, 0x2, 0x1b7, 0x1b8, 0x7, 0x47, 
    0x2, 0x2, 0x1b8, 0x1de, 0x5, 0x1e, 0x10, 0xd, 0x1b9, 0x1ba, 0xc, 0x18, 
    0x2, 0x2, 0x1ba, 0x1bb, 0x7, 0x33, 0x2, 0x2, 0x1bb, 0x1de, 0x5, 0x26, 
    0x14, 0x2, 0x1bc, 0x1bd, 0xc, 0x17, 0x2, 0x2, 0x1bd, 0x1be, 0x7, 0x34, 
    0x2, 0x2, 0x1be, 0x1de, 0x5, 0x20, 0x11, 0x2, 0x1bf, 0x1c0, 0xc, 0x16, 
    0x2, 0x2, 0x1c0, 0x1c9, 0x7, 0x2f, 0x2, 0x2, 0x1c1, 0x1c6, 0x5, 0x22, 
    0x12, 0x2, 0x1c2, 0x1c3, 0x7, 0xf, 0x2, 0x2, 0x1c3, 0x1c5, 0x5, 0x22, 
    0x12, 0x2, 0x1c4, 0x1c2, 0x3, 0x2, 0x2, 0x2, 0x1c5, 0x1c8, 0x3, 0x2, 
    0x2, 0x2, 0x1c6, 0x1c4, 0x3, 0x2, 0x2, 0x2, 0x1c6, 0x1c7, 0x3, 0x2, 
    0x2, 0x2, 0x1c7, 0x1ca, 0x3, 0x2, 0x2, 0x2, 0x1c8, 0x1c6, 0x3, 0x2, 
    0x2, 0x2, 0x1c9, 0x1c1, 0x3, 0x2, 0x2, 0x2, 0x1c9, 0x1ca, 0x3, 0x2, 
    0x2, 0x2, 0x1ca, 0x1cc, 0x3, 0x2, 0x2, 0x2, 0x1cb, 0x1cd, 0x7, 0xf, 
    0x2, 0x2, 0x1cc, 0x1cb, 0x3, 0x2, 0x2, 0x2, 0x1cc, 0x1cd, 0x3, 0x2, 
    0x2, 0x2, 0x1cd, 0x1ce, 0x3, 0x2, 0x2, 0x2, 0x1ce, 0x1de, 0x7, 0x30, 
    0x2, 0x2, 0x1cf, 0x1d0, 0xc, 0x15, 0x2, 0x2, 0x1d0, 0x1d3, 0x7, 0x35, 
    0x2, 0x2, 0x1d1, 0x1d4, 0x5, 0x1e, 0x10, 0x2, 0x1d2, 0x1d4, 0x7, 0x36, 
    0x2, 0x2, 0x1d3, 0x1d1, 0x3, 0x2, 0x2, 0x2, 0x1d3, 0x1d2, 0x3, 0x2, 
    0x2, 0x2, 0x1d4, 0x1d5, 0x3, 0x2, 0x2, 0x2, 0x1d5, 0x1de, 0x7, 0x37, 
    0x2, 0x2, 0x1d6, 0x1d7, 0xc, 0x10, 0x2, 0x2, 0x1d7, 0x1d8, 0x7, 0x3d, 
    0x2, 0x2, 0x1d8, 0x1db, 0x5, 0x1e, 0x10, 0x2, 0x1d9, 0x1da, 0x7, 0x3e, 
    0x2, 0x2, 0x1da, 0x1dc, 0x5, 0x1e, 0x10, 0x2, 0x1db, 0x1d9, 0x3, 0x2, 
    0x2, 0x2, 0x1db, 0x1dc, 0x3, 0x2, 0x2, 0x2, 0x1dc, 0x1de, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1a7, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1aa, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1ad, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1b0, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1b3, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1b6, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1b9, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1bc, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1bf, 0x3, 0x2, 0x2, 0x2, 0x1dd, 0x1cf, 0x3, 0x2, 
    0x2, 0x2, 0x1dd, 0x1d6, 0x3, 0x2, 0x2, 0x2, 0x1de, 0x1e1, 0x3, 0x2, 
    0x2, 0x2, 0x1df, 0x1dd, 0x3, 0x2, 0x2, 0x2, 0x1df, 0x1e0, 0x3, 0x2, 
    0x2, 0x2, 0x1e0, 0x1f, 0x3, 0x2, 0x2, 0x2, 0x1e1, 0x1df, 0x3, 0x2, 0x2, 
    0x2, 0x1e2, 0x1e7, 0x5, 0x26, 0x14, 0x2, 0x1e3, 0x1e4, 0x7, 0x33, 0x2, 
    0x2, 0x1e4, 0x1e6, 0x5, 0x26, 0x14, 0x2, 0x1e5, 0x1e3, 0x3, 0x2, 0x2, 
    0x2, 0x1e6, 0x1e9, 0x3, 0x2, 0x2, 0x2, 0x1e7, 0x1e5, 0x3, 0x2, 0x2, 
    0x2, 0x1e7, 0x1e8, 0x3, 0x2, 0x2, 0x2, 0x1e8, 0x21, 0x3, 0x2, 0x2, 0x2, 
    0x1e9, 0x1e7, 0x3, 0x2, 0x2, 0x2, 0x1ea, 0x1eb, 0x5, 0x26, 0x14, 0x2, 
    0x1eb, 0x1ec, 0x7, 0xa, 0x2, 0x2, 0x1ec, 0x1ee, 0x3, 0x2, 0x2, 0x2, 
    0x1ed, 0x1ea, 0x3, 0x2, 0x2, 0x2, 0x1ed, 0x1ee, 0x3, 0x2, 0x2, 0x2, 
    0x1ee, 0x1ef, 0x3, 0x2, 0x2, 0x2, 0x1ef, 0x1f0, 0x5, 0x1e, 0x10, 0x2, 
    0x1f0, 0x23, 0x3, 0x2, 0x2, 0x2, 0x1f1, 0x1f4, 0x5, 0x1e, 0x10, 0x2, 
    0x1f2, 0x1f3, 0x7, 0x14, 0x2, 0x2, 0x1f3, 0x1f5, 0x5, 0x1e, 0x10, 0x2, 
    0x1f4, 0x1f2, 0x3, 0x2, 0x2, 0x2, 0x1f4, 0x1f5, 0x3, 0x2, 0x2, 0x2, 
    0x1f5, 0x25, 0x3, 0x2, 0x2, 0x2, 0x1f6, 0x20d, 0x7, 0x4e, 0x2, 0x2, 
    0x1f7, 0x20d, 0x5, 0x8, 0x5, 0x2, 0x1f8, 0x20d, 0x5, 0xa, 0x6, 0x2, 
    0x1f9, 0x20d, 0x7, 0x5, 0x2, 0x2, 0x1fa, 0x20d, 0x7, 0x6, 0x2, 0x2, 
    0x1fb, 0x20d, 0x7, 0x8, 0x2, 0x2, 0x1fc, 0x20d, 0x7, 0x9, 0x2, 0x2, 
    0x1fd, 0x20d, 0x7, 0xb, 0x2, 0x2, 0x1fe, 0x20d, 0x7, 0x10, 0x2, 0x2, 
    0x1ff, 0x20d, 0x7, 0x13, 0x2, 0x2, 0x200, 0x20d, 0x7, 0x16, 0x2, 0x2, 
    0x201, 0x20d, 0x7, 0x17, 0x2, 0x2, 0x202, 0x20d, 0x7, 0x31, 0x2, 0x2, 
    0x203, 0x20d, 0x7, 0x32, 0x2, 0x2, 0x204, 0x20d, 0x7, 0x2d, 0x2, 0x2, 
    0x205, 0x20d, 0x7, 0x2e, 0x2, 0x2, 0x206, 0x20d, 0x7, 0x3e, 0x2, 0x2, 
    0x207, 0x20d, 0x7, 0xd, 0x2, 0x2, 0x208, 0x20d, 0x7, 0x49, 0x2, 0x2, 
    0x209, 0x20d, 0x7, 0x4a, 0x2, 0x2, 0x20a, 0x20d, 0x7, 0x11, 0x2, 0x2, 
    0x20b, 0x20d, 0x7, 0xe, 0x2, 0x2, 0x20c, 0x1f6, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x1f7, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x1f8, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x1f9, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x1fa, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x1fb, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x1fc, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x1fd, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x1fe, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x1ff, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x200, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x201, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x202, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x203, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x204, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x205, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x206, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x207, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x208, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x209, 0x3, 0x2, 0x2, 0x2, 0x20c, 0x20a, 0x3, 0x2, 0x2, 0x2, 
    0x20c, 0x20b, 0x3, 0x2, 0x2, 0x2, 0x20d, 0x27, 0x3, 0x2, 0x2, 0x2, 0x44, 
    0x2b, 0x32, 0x37, 0x3d, 0x40, 0x48, 0x4f, 0x54, 0x5a, 0x5d, 0x67, 0x78, 
    0x7b, 0x81, 0x89, 0x90, 0xa5, 0xac, 0xb2, 0xb5, 0xba, 0xbe, 0xc0, 0xce, 
    0xd4, 0xda, 0xe2, 0xe8, 0xec, 0xf1, 0xf4, 0x102, 0x105, 0x10c, 0x110, 
    0x116, 0x11d, 0x122, 0x128, 0x12b, 0x138, 0x145, 0x14d, 0x14f, 0x156, 
    0x169, 0x171, 0x177, 0x17b, 0x180, 0x189, 0x194, 0x197, 0x19a, 0x1a5, 
    0x1c6, 0x1c9, 0x1cc, 0x1d3, 0x1db, 0x1dd, 0x1df, 0x1e7, 0x1ed, 0x1f4, 
    0x20c, 
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
