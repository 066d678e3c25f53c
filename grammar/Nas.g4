/** The grammar of .nas scripts.
 *
 *  The lexer knows only words, numbers, strings and signs. Between lexer and parser stands a token filter
 *  (interpreter/syntax/token_filter.cpp), which
 *    - turns a WORD into one of the word tokens below where it has that meaning, and into NAME everywhere else, so that stage and
 *      clause words remain usable as names;
 *    - keeps a line end (NL) only where it ends something: inside () and [], after an operator or a comma, and before a clause
 *      word it vanishes; a body always ends with one, settings and arms never do;
 *    - pairs the brackets, and puts BAD where a mistake has been reported already.
 *  So every decision below needs one or two tokens. Expressions are flat here; interpreter/syntax/expressions.cpp gives the
 *  operators their precedence.
 */
grammar Nas;

tokens {
  NAME, NL, BAD,
  NAS, IMPORT, SEED, LET, PARAM, REQUIRE, SHOW, DEF, DEF_SPACE, FOREACH, WHEN, OTHERWISE, IF, ELSE,
  STAGE,        // space device dataset objective predictor profile train transfer tune search place plot export report
  CLAUSE,       // on over using with from to of where by until
  AS, IN, STEP, MAXIMIZE, MINIMIZE,
  RULE, SPELLING, REPEAT, CHOICE,
  COND, THEN,   // COND is the 'if' of 'if a then b else c'
  AND, OR, NOT, TRUE, FALSE
}

script     : (NL | statement NL)* EOF ;
hole       : expr EOF ;                                    // the inside of "${...}"

statement  : version | importing | seed | let | param | require | show | def | foreach | branch | when | stage ;
body       : '{' (NL | statement NL)* '}' ;

version    : NAS NUMBER ;                                  // only as the first line
importing  : IMPORT STRING (AS NAME)? ;
seed       : SEED expr ;
let        : LET NAME '=' expr ;
param      : PARAM NAME ':' NAME '=' expr (IN expr)? STRING? ;
require    : REQUIRE expr (',' STRING)? ;
show       : SHOW expr (',' expr)* ;
def        : DEF DEF_SPACE NAME parameters? spaceBody
           | DEF NAME parameters '=' expr
           ;
parameters : '(' (parameter (',' parameter)*)? ')' ;
parameter  : NAME (':' NAME)? ('=' expr)? ;
foreach    : FOREACH NAME IN expr body ;
branch     : IF expr body (ELSE (body | branch))? ;
when       : WHEN expr body (OTHERWISE body)? ;

stage      : STAGE (NAME '=')? operands? clause* settings? ;
operands   : operand (',' operand)* ;
operand    : (MAXIMIZE | MINIMIZE)? expr ;
clause     : (CLAUSE | AS) operands ;
settings   : '{' (setting ((',' | NL) setting)*)? '}' ;
setting    : NAME '=' expr ;

spaceBody  : '{' (NL | spaceItem NL)* '}' ;
spaceItem  : bind | sharedRule | spelling | require | let | spaceBranch | expr ;
bind       : NAME '=' expr ;
sharedRule : RULE NAME parameters '=' expr ;
spelling   : SPELLING NAME ('=' expr | settings) ;
spaceBranch: IF expr spaceBody (ELSE (spaceBody | spaceBranch))? ;

expr       : COND expr THEN expr ELSE expr | term (infix term)* ;
infix      : AND | OR | '+' | '-' | '*' | '/' | '%' | '^' | '<' | '<=' | '>' | '>=' | '==' | '!=' | '..' | STEP ;
term       : ('-' | NOT)* atom suffix* ;
suffix     : '.' NAME
           | '@' NAME
           | '(' (argument (',' argument)*)? ')'
           | '[' ('*' | expr) ']'
           ;
argument   : (NAME '=')? expr ;
atom       : NUMBER | STRING | TRUE | FALSE | NAME
           | '(' expr ')'
           | '[' (expr (',' expr)*)? ']'
           | CHOICE '{' (arm ((',' | NL) arm)*)? '}'
           | REPEAT (NAME IN)? expr spaceBody
           ;
arm        : expr (IF expr)? ;

// A unit is glued to its number; so is '%', which the filter takes off again before an operand (10%3).
NUMBER     : [0-9]+ ('.' [0-9]+)? ([eE] [+-]? [0-9]+)? ([a-zA-Z_] [a-zA-Z_0-9]* | '%')? ;
STRING     : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;
OPEN_STRING: '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
WORD       : [a-zA-Z_] [a-zA-Z_0-9]* ;
LINE_END   : '\r'? '\n' | '\r' ;
COMMENT    : '#' ~[\r\n]* ;
BLANK      : [ \t\u000C]+ -> skip ;

OPEN_PAREN : '(' ;   CLOSE_PAREN   : ')' ;
OPEN_LIST  : '[' ;   CLOSE_LIST    : ']' ;
OPEN_BRACE : '{' ;   CLOSE_BRACE   : '}' ;
COMMA      : ',' ;   ASSIGN        : '=' ;   COLON : ':' ;   DOT : '.' ;   AT : '@' ;
DOTS       : '..' ;  POWER         : '^' ;   PLUS  : '+' ;   MINUS : '-' ; TIMES : '*' ;  DIVIDE : '/' ;  MODULO : '%' ;
LESS       : '<' ;   LESS_EQUAL    : '<=' ;  GREATER : '>' ; GREATER_EQUAL : '>=' ;  EQUAL : '==' ;  UNEQUAL : '!=' ;

STRAY      : . ;
