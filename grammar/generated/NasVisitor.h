
// Generated from Nas.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"
#include "NasParser.h"


namespace nas::grammar {

/**
 * This class defines an abstract visitor for a parse tree
 * produced by NasParser.
 */
class  NasVisitor : public antlr4::tree::AbstractParseTreeVisitor {
public:

  /**
   * Visit parse trees produced by NasParser.
   */
    virtual antlrcpp::Any visitScript(NasParser::ScriptContext *context) = 0;

    virtual antlrcpp::Any visitBody(NasParser::BodyContext *context) = 0;

    virtual antlrcpp::Any visitVersion(NasParser::VersionContext *context) = 0;

    virtual antlrcpp::Any visitImportFile(NasParser::ImportFileContext *context) = 0;

    virtual antlrcpp::Any visitSeed(NasParser::SeedContext *context) = 0;

    virtual antlrcpp::Any visitLet(NasParser::LetContext *context) = 0;

    virtual antlrcpp::Any visitParam(NasParser::ParamContext *context) = 0;

    virtual antlrcpp::Any visitRequire(NasParser::RequireContext *context) = 0;

    virtual antlrcpp::Any visitShow(NasParser::ShowContext *context) = 0;

    virtual antlrcpp::Any visitDefSpace(NasParser::DefSpaceContext *context) = 0;

    virtual antlrcpp::Any visitDefFunction(NasParser::DefFunctionContext *context) = 0;

    virtual antlrcpp::Any visitForeach(NasParser::ForeachContext *context) = 0;

    virtual antlrcpp::Any visitIfStatement(NasParser::IfStatementContext *context) = 0;

    virtual antlrcpp::Any visitWhen(NasParser::WhenContext *context) = 0;

    virtual antlrcpp::Any visitStage(NasParser::StageContext *context) = 0;

    virtual antlrcpp::Any visitStageWord(NasParser::StageWordContext *context) = 0;

    virtual antlrcpp::Any visitClauseWord(NasParser::ClauseWordContext *context) = 0;

    virtual antlrcpp::Any visitClause(NasParser::ClauseContext *context) = 0;

    virtual antlrcpp::Any visitOperands(NasParser::OperandsContext *context) = 0;

    virtual antlrcpp::Any visitOperand(NasParser::OperandContext *context) = 0;

    virtual antlrcpp::Any visitSettings(NasParser::SettingsContext *context) = 0;

    virtual antlrcpp::Any visitSetting(NasParser::SettingContext *context) = 0;

    virtual antlrcpp::Any visitParameters(NasParser::ParametersContext *context) = 0;

    virtual antlrcpp::Any visitParameter(NasParser::ParameterContext *context) = 0;

    virtual antlrcpp::Any visitSpaceBody(NasParser::SpaceBodyContext *context) = 0;

    virtual antlrcpp::Any visitSpaceLet(NasParser::SpaceLetContext *context) = 0;

    virtual antlrcpp::Any visitSpaceRequire(NasParser::SpaceRequireContext *context) = 0;

    virtual antlrcpp::Any visitSpaceRule(NasParser::SpaceRuleContext *context) = 0;

    virtual antlrcpp::Any visitSpaceSpelling(NasParser::SpaceSpellingContext *context) = 0;

    virtual antlrcpp::Any visitSpaceIf(NasParser::SpaceIfContext *context) = 0;

    virtual antlrcpp::Any visitSpaceBind(NasParser::SpaceBindContext *context) = 0;

    virtual antlrcpp::Any visitSpaceExpr(NasParser::SpaceExprContext *context) = 0;

    virtual antlrcpp::Any visitString(NasParser::StringContext *context) = 0;

    virtual antlrcpp::Any visitRepeatExpr(NasParser::RepeatExprContext *context) = 0;

    virtual antlrcpp::Any visitIndex(NasParser::IndexContext *context) = 0;

    virtual antlrcpp::Any visitRange(NasParser::RangeContext *context) = 0;

    virtual antlrcpp::Any visitNameRef(NasParser::NameRefContext *context) = 0;

    virtual antlrcpp::Any visitUnary(NasParser::UnaryContext *context) = 0;

    virtual antlrcpp::Any visitParenthesis(NasParser::ParenthesisContext *context) = 0;

    virtual antlrcpp::Any visitCall(NasParser::CallContext *context) = 0;

    virtual antlrcpp::Any visitNumber(NasParser::NumberContext *context) = 0;

    virtual antlrcpp::Any visitChoiceExpr(NasParser::ChoiceExprContext *context) = 0;

    virtual antlrcpp::Any visitBoolean(NasParser::BooleanContext *context) = 0;

    virtual antlrcpp::Any visitBinary(NasParser::BinaryContext *context) = 0;

    virtual antlrcpp::Any visitMember(NasParser::MemberContext *context) = 0;

    virtual antlrcpp::Any visitIfExpr(NasParser::IfExprContext *context) = 0;

    virtual antlrcpp::Any visitListExpr(NasParser::ListExprContext *context) = 0;

    virtual antlrcpp::Any visitAtDevice(NasParser::AtDeviceContext *context) = 0;

    virtual antlrcpp::Any visitDeviceRef(NasParser::DeviceRefContext *context) = 0;

    virtual antlrcpp::Any visitArgument(NasParser::ArgumentContext *context) = 0;

    virtual antlrcpp::Any visitArm(NasParser::ArmContext *context) = 0;

    virtual antlrcpp::Any visitName(NasParser::NameContext *context) = 0;


};

}  // namespace nas::grammar
