"""Colours of .nas scripts for Pygments. Made by `NAS_WRITE_EDITORS=1 build/bin/test_editors`."""
from pygments.lexer import RegexLexer, bygroups, default, include, words
from pygments.token import Comment, Error, Keyword, Name, Number, Operator, Punctuation, String, Whitespace

__all__ = ['NasLexer']

HEADS = (
    'dataset', 'def', 'device', 'export', 'features', 'foreach', 'if', 'import', 'let', 'nas', 'objective', 'param',
    'place', 'plot', 'predictor', 'profile', 'report', 'require', 'rule', 'search', 'seed', 'show', 'space', 'spelling',
    'train', 'transfer', 'tune', 'when',
)
CLAUSES = (
    'as', 'by', 'from', 'of', 'on', 'over', 'to', 'until', 'using', 'where', 'with',
)
OPERATORS = (
    'and', 'choice', 'else', 'if', 'in', 'maximize', 'minimize', 'not', 'or', 'otherwise', 'repeat', 'step', 'then',
)
CONSTANTS = (
    'false', 'true',
)
COMPONENTS = (
    'activation', 'add', 'age_moea', 'asha', 'attainment', 'attention', 'auto', 'avg_pool', 'bananas', 'batch_norm', 'bert',
    'clusters', 'cmaes', 'colocnas', 'command', 'compofa', 'concat', 'concurrent', 'conv', 'convergence', 'cpu', 'csv',
    'ctaea', 'darts_cell', 'depthwise', 'dil_conv', 'direct', 'embedding', 'ensemble', 'evolution', 'exhaustive',
    'factorized_reduce', 'fashion_mnist', 'fbnet', 'feed_forward', 'finetune', 'first_tokens', 'from_scratch', 'full',
    'fused', 'ga', 'gbdt', 'gcn', 'genes', 'global_pool', 'gp', 'gpu', 'grid', 'hardware_features', 'hat_transformer',
    'heatmap', 'idx', 'islands', 'json', 'kernel', 'knn', 'lasso', 'latency_scatter', 'layer_norm', 'learned', 'learning',
    'linear', 'linear_model', 'local', 'lpm', 'lut', 'max_pool', 'mbconv', 'mlp', 'mo_cmaes', 'mobilenet_v2', 'moead',
    'multiply', 'nasbench201', 'network', 'nsga2', 'nsga3', 'ofa_mobilenetv3', 'ofa_proxyless', 'ofa_resnet50', 'oneproxy',
    'onnx', 'parallel', 'pareto', 'patches', 'perceptron', 'popdb', 'predicted_vs_measured', 'proxylessnas', 'random',
    'random_forest', 'regression', 'regularized_evolution', 'remote', 'residual', 'residual_down', 'residuals', 'reuse',
    'ridge', 'rnsga2', 'roofline', 'saved', 'scale', 'sep_conv', 'sim', 'skip', 'sms_emoa', 'squeeze_excite', 'supernet',
    'svr', 'table', 'tiny_mobilenet', 'torch', 'unsga3', 'vit', 'warm_start', 'weaknas', 'yaml', 'zero',
)
METRICS = (
    'accuracy', 'energy', 'latency', 'loss', 'macs', 'memory', 'params', 'throughput',
)
UNITS = (
    'B', 'G', 'GB', 'GHz', 'GiB', 'Hz', 'J', 'KB', 'KiB', 'M', 'MB', 'MHz', 'MiB', 'W', 'h', 'k', 'kHz', 'mJ', 'mW', 'min',
    'ms', 'ns', 's', 'uJ', 'us',
)

HEAD = r'(%s)\b(?!\s*(?:=|[.(,]))' % '|'.join(HEADS)
NUMBER = r'([0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)'


class NasLexer(RegexLexer):
    """Stage and clause words are words of the language only where they have that meaning."""
    name = 'nas'
    aliases = ['nas']
    filenames = ['*.nas']

    tokens = {
        'root': [
            (r'^([ \t]*)' + HEAD, bygroups(Whitespace, Keyword.Declaration), 'declared'),
            (r'(\{)([ \t]*)' + HEAD, bygroups(Punctuation, Whitespace, Keyword.Declaration), 'declared'),
            (r'[{}]', Punctuation),
            (r'\r?\n|\r', Whitespace),
            include('value'),
        ],
        'declared': [
            (r'([ \t]+)(space)(?=[ \t]+\w)', bygroups(Whitespace, Keyword.Declaration)),
            (r'([ \t]+)([a-zA-Z_]\w*)(?=[ \t]*(?:=(?!=)|:))', bygroups(Whitespace, Name.Variable), '#pop'),
            default('#pop'),
        ],
        'value': [
            (r'"', String.Double, 'text'),
            (r'[ \t\f]+', Whitespace),
            (r'#[^\r\n]*', Comment.Single),
            (NUMBER + r'(%s)\b' % '|'.join(sorted(UNITS, key=len, reverse=True)), bygroups(Number, Keyword.Type)),
            (NUMBER + r'(?![eE][+-]?[0-9])([a-zA-Z_]\w*)', bygroups(Number, Error)),
            (NUMBER, Number),
            (words(CONSTANTS, prefix=r'(?<!\.)\b', suffix=r'\b'), Keyword.Constant),
            (words(OPERATORS, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*(?:=(?!=)|\.))'), Operator.Word),
            (words(CLAUSES, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*(?:=(?!=)|[.,)\]@]))'), Keyword),
            (r'[a-zA-Z_]\w*(?=\s*=(?!=))', Name.Attribute),
            (words(METRICS, prefix=r'(?<!\.)\b', suffix=r'\b(?!\s*\()'), Name.Constant),
            (words(COMPONENTS, prefix=r'(?<!\.)\b', suffix=r'\b'), Name.Builtin),
            (r'[a-zA-Z_]\w*', Name),
            (r'\.\.|[<>=!]=|[-+*/%^<>=@]', Operator),
            (r'[()\[\],:.]', Punctuation),
        ],
        'text': [
            (r'"', String.Double, '#pop'),
            (r'\\[^\r\n]', String.Escape),
            (r'\$\{', String.Interpol, 'hole'),
            (r'[^"\\$\r\n]+|\$', String.Double),
            (r'\r?\n|\r', Error, '#pop'),
        ],
        'hole': [
            (r'\}', String.Interpol, '#pop'),
            (r'\r?\n|\r', Error, '#pop:2'),
            include('value'),
        ],
    }
