
// Generated from Nas.g4 by ANTLR 4.7.2


#include "NasBaseVisitor.h"


using namespace nas::grammar;

