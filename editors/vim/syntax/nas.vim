" Colours of .nas scripts. Made by NAS_WRITE_EDITORS=1 build/bin/test_editors
if exists('b:current_syntax')
  finish
endif
syntax case match

syntax match nasName /\v<[a-zA-Z_]\w*/ contained
syntax match nasComponent /\v\.@1<!<%(activation|add|age_moea|asha|attainment|attention|auto|avg_pool|bananas|batch_norm|bert|clusters|cmaes|colocnas|command|compofa|concat|concurrent|conv|convergence|cpu|csv|ctaea|darts_cell|depthwise|dil_conv|direct|embedding|ensemble|evolution|exhaustive|factorized_reduce|fashion_mnist|fbnet|feed_forward|finetune|first_tokens|from_scratch|full|fused|ga|gbdt|gcn|genes|global_pool|gp|gpu|grid|hardware_features|hat_transformer|heatmap|idx|islands|json|kernel|knn|lasso|latency_scatter|layer_norm|learned|learning|linear|linear_model|local|lpm|lut|max_pool|mbconv|mlp|mo_cmaes|mobilenet_v2|moead|multiply|nasbench201|network|nsga2|nsga3|ofa_mobilenetv3|ofa_proxyless|ofa_resnet50|oneproxy|onnx|parallel|pareto|patches|perceptron|popdb|predicted_vs_measured|proxylessnas|random|random_forest|regression|regularized_evolution|remote|residual|residual_down|residuals|reuse|ridge|rnsga2|roofline|saved|scale|sep_conv|sim|skip|sms_emoa|squeeze_excite|supernet|svr|table|tiny_mobilenet|torch|unsga3|vit|warm_start|weaknas|yaml|zero)>/
syntax match nasMetric /\v\.@1<!<%(accuracy|energy|latency|loss|macs|memory|params|throughput)>%(\s*\()@!/
syntax match nasArgument /\v<[a-zA-Z_]\w*%(\s*\=\=@!)@=/
syntax match nasClause /\v\.@1<!<%(as|by|from|of|on|over|to|until|using|where|with)>%(\s*%(\=\=@!|[.,)\]@]))@!/
syntax match nasOperator /\v\.@1<!<%(and|choice|else|if|in|maximize|minimize|not|or|otherwise|repeat|step|then)>%(\s*%(\=\=@!|\.))@!/
syntax match nasConstant /\v\.@1<!<%(false|true)>/
syntax match nasNumber /\v<\d+%(\.\d+)?%([eE][+-]?\d+)?/ nextgroup=nasUnit,nasBadUnit
syntax match nasBadUnit /\v\a\w*/ contained
syntax match nasUnit /\v\C%(GHz|GiB|KiB|MHz|MiB|kHz|min|GB|Hz|KB|MB|mJ|mW|ms|ns|uJ|us|B|G|J|M|W|h|k|s)>/ contained
syntax match nasSign /\v[-+*\/%^<>=@]|!\=/
syntax match nasHead /\v%(^|\{)@<=\s*<%(dataset|def|device|export|features|foreach|if|import|let|nas|objective|param|place|plot|predictor|profile|report|require|rule|search|seed|show|space|spelling|train|transfer|tune|when)>%(\s*%(\=|[.(,]))@!/ nextgroup=nasSpaceWord,nasDeclared skipwhite
syntax match nasSpaceWord /\v<space>%(\s+\w)@=/ contained nextgroup=nasName skipwhite
syntax match nasDeclared /\v<[a-zA-Z_]\w*%(\s*%(\=\=@!|:))@=/ contained contains=nasName
syntax match nasEscape /\v\\./ contained
syntax region nasHole matchgroup=nasHoleSign start=/\v\$\{/ end=/\v\}/ contained oneline contains=TOP,nasHead
syntax region nasString start=/"/ skip=/\v\\./ end=/"/ oneline contains=nasEscape,nasHole
syntax match nasComment /#.*$/ contains=nasTodo,@Spell
syntax keyword nasTodo TODO FIXME contained

highlight default link nasHead Statement
highlight default link nasSpaceWord Statement
highlight default link nasClause Keyword
highlight default link nasOperator Operator
highlight default link nasSign Operator
highlight default link nasConstant Boolean
highlight default link nasNumber Number
highlight default link nasUnit Type
highlight default link nasBadUnit Error
highlight default link nasString String
highlight default link nasEscape SpecialChar
highlight default link nasHoleSign SpecialChar
highlight default link nasComment Comment
highlight default link nasTodo Todo
highlight default link nasComponent Function
highlight default link nasMetric Special
highlight default link nasArgument Identifier
highlight default link nasName Identifier

let b:current_syntax = 'nas'
