
// Generated from Nas.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"
#include "NasVisitor.h"


namespace nas::grammar {

/**
 * This class provides an empty implementation of NasVisitor, which can be
 * extended to create a visitor which only needs to handle a subset of the available methods.
 */
class  NasBaseVisitor : public NasVisitor {
public:

  virtual antlrcpp::Any visitScript(NasParser::ScriptContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitBody(NasParser::BodyContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitVersion(NasParser::VersionContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitImportFile(NasParser::ImportFileContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSeed(NasParser::SeedContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitLet(NasParser::LetContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitParam(NasParser::ParamContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitRequire(NasParser::RequireContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitShow(NasParser::ShowContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitDefSpace(NasParser::DefSpaceContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitDefFunction(NasParser::DefFunctionContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitForeach(NasParser::ForeachContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitIfStatement(NasParser::IfStatementContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitWhen(NasParser::WhenContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitStage(NasParser::StageContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitStageWord(NasParser::StageWordContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitClauseWord(NasParser::ClauseWordContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitClause(NasParser::ClauseContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitOperands(NasParser::OperandsContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitOperand(NasParser::OperandContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSettings(NasParser::SettingsContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSetting(NasParser::SettingContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitParameters(NasParser::ParametersContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitParameter(NasParser::ParameterContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceBody(NasParser::SpaceBodyContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceLet(NasParser::SpaceLetContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceRequire(NasParser::SpaceRequireContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceRule(NasParser::SpaceRuleContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceSpelling(NasParser::SpaceSpellingContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceIf(NasParser::SpaceIfContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceBind(NasParser::SpaceBindContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitSpaceExpr(NasParser::SpaceExprContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitString(NasParser::StringContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitRepeatExpr(NasParser::RepeatExprContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitIndex(NasParser::IndexContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitRange(NasParser::RangeContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitNameRef(NasParser::NameRefContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitUnary(NasParser::UnaryContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitParenthesis(NasParser::ParenthesisContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitCall(NasParser::CallContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitNumber(NasParser::NumberContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitChoiceExpr(NasParser::ChoiceExprContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitBoolean(NasParser::BooleanContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitBinary(NasParser::BinaryContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitMember(NasParser::MemberContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitIfExpr(NasParser::IfExprContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitListExpr(NasParser::ListExprContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitAtDevice(NasParser::AtDeviceContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitDeviceRef(NasParser::DeviceRefContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitArgument(NasParser::ArgumentContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitArm(NasParser::ArmContext *ctx) override {
    return visitChildren(ctx);
  }

  virtual antlrcpp::Any visitName(NasParser::NameContext *ctx) override {
    return visitChildren(ctx);
  }


};

}  // namespace nas::grammar
