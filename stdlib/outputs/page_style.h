#pragma once

namespace nas {

/// Style of the report: light and dark by the reader's wish, plain on paper. Charts carry classes, so that they follow.
inline constexpr const char* kPageStyle = R"css(
:root{--ink:#24292f;--soft:#57606a;--line:#d8dee4;--paper:#ffffff;--panel:#f6f8fa;--grid:#e4e7eb;--shade:#8c959f;--link:#0969da}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9ba5b0;--line:#30363d;--paper:#0d1117;--panel:#161b22;--grid:#262c34;--shade:#8c959f}svg.chart{filter:brightness(1.35)}.chart-faint{fill-opacity:.6}:root{--link:#58a6ff}}
body{font:15px/1.55 Helvetica,Arial,sans-serif;color:var(--ink);background:var(--paper);max-width:980px;margin:2.5em auto;padding:0 1.2em}
h1{font-size:1.7em;margin-bottom:.1em}h2{font-size:1.3em;margin:2.2em 0 .6em;padding-bottom:.25em;border-bottom:1px solid var(--line)}
h3{font-size:1.08em;margin:1.8em 0 .5em}h4{font-size:1em;margin:1.4em 0 .2em}p{margin:.5em 0}
.soft,figcaption{color:var(--soft);font-size:.92em}nav a{margin-right:1em}a{color:var(--link)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(135px,1fr));gap:10px;margin:1em 0}.card{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:10px 14px}
.card b{display:block;font-size:1.45em}.card span{color:var(--soft);font-size:.86em}
figure{margin:.8em 0}figcaption{margin-top:.3em}svg.chart{max-width:100%;height:auto;display:block}
.row{display:flex;flex-wrap:wrap;gap:14px}.row figure{flex:1 1 400px;max-width:480px;margin:0}
.wide{overflow-x:auto}table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
th,td{padding:4px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}thead th{background:var(--panel);font-weight:600}
.arch{text-align:left;font-family:ui-monospace,Menlo,Consolas,monospace;font-size:12px}.facts th,.facts td{text-align:left;white-space:normal}.facts th{font-weight:600}
pre{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:12px 14px;overflow-x:auto;font:12.5px/1.5 ui-monospace,Menlo,Consolas,monospace}
.chart-paper{fill:none}.chart-text{fill:var(--ink)}.chart-grid{stroke:var(--grid)}rect.chart-grid{fill:var(--grid);stroke:none}.chart-axis,.chart-rule{stroke:var(--shade)}
.chart-limit{fill:var(--shade)}.chart-hollow{fill:var(--paper)}.network-frame{fill:var(--panel);stroke:var(--line)}.network-block{fill:var(--paper);stroke:var(--shade)}
@media print{body{max-width:none;margin:0;font-size:11px}pre{white-space:pre-wrap;overflow:visible}.wide{overflow:visible}th,td{white-space:normal;padding:2px 5px}
.arch{word-break:break-all;font-size:9px}nav{display:none}figure,tr,.card{break-inside:avoid}h2,h3,h4{break-after:avoid}}
)css";

}  // namespace nas
