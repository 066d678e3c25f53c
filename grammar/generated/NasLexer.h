
// Generated from Nas.g4 by ANTLR 4.7.2

#pragma once


#include "antlr4-runtime.h"


namespace nas::grammar {


class  NasLexer : public antlr4::Lexer {
public:
  enum {
    NUMBER = 1, STRING = 2, OPEN_STRING = 3, WORD = 4, LINE_END = 5, COMMENT = 6, 
    BLANK = 7, OPEN_PAREN = 8, CLOSE_PAREN = 9, OPEN_LIST = 10, CLOSE_LIST = 11, 
    OPEN_BRACE = 12, CLOSE_BRACE = 13, COMMA = 14, ASSIGN = 15, COLON = 16, 
    DOT = 17, AT = 18, DOTS = 19, POWER = 20, PLUS = 21, MINUS = 22, TIMES = 23, 
    DIVIDE = 24, MODULO = 25, LESS = 26, LESS_EQUAL = 27, GREATER = 28, 
    GREATER_EQUAL = 29, EQUAL = 30, UNEQUAL = 31, STRAY = 32
  };

  NasLexer(antlr4::CharStream *input);
  ~NasLexer();

  virtual std::string getGrammarFileName() const override;
  virtual const std::vector<std::string>& getRuleNames() const override;

  virtual const std::vector<std::string>& getChannelNames() const override;
  virtual const std::vector<std::string>& getModeNames() const override;
  virtual const std::vector<std::string>& getTokenNames() const override; // deprecated, use vocabulary instead
  virtual antlr4::dfa::Vocabulary& getVocabulary() const override;

  virtual const std::vector<uint16_t> getSerializedATN() const override;
  virtual const antlr4::atn::ATN& getATN() const override;

private:
  static std::vector<antlr4::dfa::DFA> _decisionToDFA;
  static antlr4::atn::PredictionContextCache _sharedContextCache;
  static std::vector<std::string> _ruleNames;
  static std::vector<std::string> _tokenNames;
  static std::vector<std::string> _channelNames;
  static std::vector<std::string> _modeNames;

  static std::vector<std::string> _literalNames;
  static std::vector<std::string> _symbolicNames;
  static antlr4::dfa::Vocabulary _vocabulary;
  static antlr4::atn::ATN _atn;
  static std::vector<uint16_t> _serializedATN;


  // Individual action functions triggered by action() above.

  // Individual semantic predicate functions triggered by sempred() above.

  struct Initializer {
    Initializer();
  };
  static Initializer _init;
};

}  // namespace nas::grammar
