/** The .nas language. Line ends (NL) reach the parser only where they end a statement: interpreter/syntax/parse.cpp drops the others. */
grammar Nas;

script : NL* (statement (NL+ statement)* NL*)? EOF ;

body : '{' NL* (statement (NL+ statement)* NL*)? '}' ;

statement
    : 'nas' NUMBER                                                     # version
    | 'import' STRING ('as' name)?                                     # importFile
    | 'seed' expr                                                      # seed
    | 'let' name '=' expr                                              # let
    | 'param' name ':' name '=' expr ('in' expr)? STRING?              # param
    | 'require' expr (',' STRING)?                                     # require
    | 'show' expr (',' expr)*                                          # show
    | 'def' 'space' name parameters? spaceBody                         # defSpace
    | 'def' name parameters '=' expr                                   # defFunction
    | 'foreach' name 'in' expr body                                    # foreach
    | 'if' expr body ('else' body)?                                    # ifStatement
    | 'when' expr body ('otherwise' body)?                             # when
    | stageWord (name '=')? operands? clause* settings?                # stage
    ;

stageWord
    : 'space' | 'device' | 'dataset' | 'objective' | 'predictor' | 'profile' | 'train' | 'transfer' | 'search' | 'place'
    | 'plot' | 'export' | 'report' ;

clauseWord : 'on' | 'over' | 'using' | 'with' | 'from' | 'to' | 'of' | 'where' | 'until' | 'as' ;

clause : clauseWord operands ;
operands : operand (',' operand)* ;
operand : direction=('maximize' | 'minimize') expr | expr ;
settings : '{' NL* (setting ((',' | NL) NL* setting)* (',' | NL)? NL*)? '}' ;
setting : name '=' expr ;
parameters : '(' (parameter (',' parameter)*)? ')' ;
parameter : name (':' name)? ('=' expr)? ;

spaceBody : '{' NL* (spaceItem (NL+ spaceItem)* NL*)? '}' ;
spaceItem
    : 'let' name '=' expr                                              # spaceLet
    | 'require' expr (',' STRING)?                                     # spaceRequire
    | 'rule' name parameters '=' expr                                  # spaceRule
    | 'spelling' name ('=' expr | settings)                            # spaceSpelling
    | 'if' expr spaceBody ('else' (spaceBody | spaceItem))?            # spaceIf
    | name '=' expr                                                    # spaceBind
    | expr                                                             # spaceExpr
    ;

expr
    : expr '.' name                                                    # member
    | expr '@' deviceRef                                               # atDevice
    | expr '(' (argument (',' argument)*)? ','? ')'                    # call
    | expr '[' (expr | '*') ']'                                        # index
    | <assoc=right> expr op='^' expr                                   # binary
    | op='-' expr                                                      # unary
    | expr op=('*' | '/' | '%') expr                                   # binary
    | expr op=('+' | '-') expr                                         # binary
    | expr '..' expr ('step' expr)?                                    # range
    | expr op=('<' | '<=' | '>' | '>=' | '==' | '!=') expr             # binary
    | op='not' expr                                                    # unary
    | expr op='and' expr                                               # binary
    | expr op='or' expr                                                # binary
    | 'if' expr 'then' expr 'else' expr                                # ifExpr
    | 'choice' '{' NL* arm (',' NL* arm)* ','? NL* '}'                 # choiceExpr
    | 'repeat' (name 'in')? expr spaceBody                             # repeatExpr
    | '[' (expr (',' expr)*)? ','? ']'                                 # listExpr
    | '(' expr ')'                                                     # parenthesis
    | NUMBER                                                           # number
    | STRING                                                           # string
    | ('true' | 'false')                                               # boolean
    | name                                                             # nameRef
    ;

deviceRef : name ('.' name)* ;
argument : (name '=')? expr ;
arm : expr ('if' expr)? ;

name
    : NAME | stageWord | clauseWord | 'nas' | 'import' | 'seed' | 'let' | 'param' | 'show' | 'foreach' | 'when' | 'otherwise'
    | 'rule' | 'spelling' | 'maximize' | 'minimize' | 'step' | 'in' | 'choice' | 'repeat' | 'def' | 'require' ;

NUMBER : DIGITS ('.' DIGITS)? ([eE] [+-]? DIGITS)? ([a-zA-Z]+ | '%')? ;
NAME : [a-zA-Z_] [a-zA-Z_0-9]* ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
UNFINISHED_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* ;
NL : '\r'? '\n' ;
SPACE : [ \t]+ -> skip ;
COMMENT : '#' ~[\r\n]* -> channel(HIDDEN) ;
STRAY : . ;

fragment DIGITS : [0-9]+ ;
