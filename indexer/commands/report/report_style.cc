// SPDX-License-Identifier: GPL-3.0-or-later
#include "indexer/commands/report/report_style.h"

namespace broadsheet::commands {

// All pairs of text and background have a contrast of 4.5 or more.
const std::string_view kReportStyle = R"css(
:root{color-scheme:light dark;--bg:#fff;--panel:#f5f6f8;--text:#1b1d21;--soft:#555b66;
--line:#d5d9e0;--keep:#1a7f4b;--field:#2456b3;--drop:#676d78;--warn:#8a4b00;--warnbg:#fff3dc;
--bad:#a3161f;--badbg:#fdeaea}
@media (prefers-color-scheme:dark){:root{--bg:#15171b;--panel:#1e2127;--text:#e7e9ee;
--soft:#a9b0bd;--line:#373c46;--keep:#5fd39a;--field:#8db4ff;--drop:#9299a6;--warn:#ffc876;
--warnbg:#37290f;--bad:#ff9a9a;--badbg:#3b1a1c}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,sans-serif;
overflow-wrap:anywhere}
body>header,main,footer{max-width:88rem;margin:0 auto;padding:1rem 1.25rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:1.5rem 0 .5rem}
section:first-child>h2{margin-top:0}
h3{font-size:1.1rem;line-height:1.35;margin:0}
h4{font-size:.85rem;margin:0 0 .5rem;color:var(--soft)}
p{margin:.4rem 0}
a{color:var(--field)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--field);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:1rem;background:var(--bg);padding:.5rem}
.soft,.place,.rule,.missing{color:var(--soft);font-size:.875rem}
.cp{font:.75em/1 monospace;border:1px solid currentColor;border-radius:3px;padding:0 .2em;
margin:0 .1em;white-space:nowrap}
.figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:.75rem;
margin:1rem 0;padding:0}
.figures div{background:var(--panel);border-radius:8px;padding:.6rem .8rem}
.figures dt{color:var(--soft);font-size:.875rem}
.figures dd{margin:0;font-size:1.4rem;font-weight:600}
.figures .bad dd{color:var(--bad)}
table{border-collapse:collapse;width:100%;max-width:50rem}
caption{text-align:left;color:var(--soft);font-size:.875rem;padding-bottom:.3rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;
border-bottom:1px solid var(--line)}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.wide{overflow-x:auto}
meter{width:100%;min-width:5rem;height:.8rem}
.look>li{margin:.6rem 0}
.look ul{margin:.2rem 0}
.index li{margin:.15rem 0}
.flag{display:inline-block;font-size:.8rem;line-height:1.4;border-radius:4px;padding:0 .4rem;
margin:0 .25rem 0 0;background:var(--warnbg);color:var(--warn);border:1px solid currentColor}
.flag.bad{background:var(--badbg);color:var(--bad)}
.flag.info{background:var(--panel);color:var(--soft)}
.entry{border-top:3px solid var(--line);padding:1rem 0 1.5rem;margin-top:1rem;
content-visibility:auto;contain-intrinsic-size:auto 60rem}
.sides{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:1.25rem;
margin-top:.75rem}
.sides>section{background:var(--panel);border-radius:8px;padding:.8rem 1rem;min-width:0}
.fields{margin:0}
.fields>div{padding:.4rem 0;border-bottom:1px solid var(--line)}
.fields dt{font-weight:600}
.fields .rule{font-weight:400}
.fields dd{margin:0;white-space:pre-wrap}
.blocks{list-style:none;margin:0;padding:0}
.blocks li{padding:.25rem 0 .25rem .7rem;margin:.3rem 0;border-left:4px solid var(--drop)}
.blocks .keep{border-color:var(--keep)}
.blocks .field{border-color:var(--field)}
.blocks p{white-space:pre-wrap;margin:0}
.blocks .drop p,.blocks .drop del{color:var(--drop)}
.why{font-size:.8rem;font-style:normal;color:var(--soft)}
.field>.why{color:var(--field)}
del{text-decoration:line-through}
.blocks summary{font-size:.8rem;color:var(--soft);cursor:pointer}
pre{margin:0;white-space:pre-wrap;font:.85rem/1.45 monospace}
.warnings,.reason{background:var(--warnbg);color:var(--warn);border-radius:6px;
padding:.4rem .8rem .4rem 1.6rem;margin:.5rem 0}
.reason{padding-left:.8rem;background:var(--badbg);color:var(--bad)}
@media (max-width:56rem){.sides{grid-template-columns:minmax(0,1fr)}
body>header,main,footer{padding:.75rem}}
@media print{:root{--bg:#fff;--panel:#fff;--text:#000;--soft:#444;--line:#999;--drop:#555}
body{font-size:10pt}.skip,.up{display:none}.entry{content-visibility:visible}
details::details-content{content-visibility:visible;block-size:auto}
.sides>section{border:1px solid var(--line)}.blocks li,.fields>div,h3{break-inside:avoid}
h2,h3{break-after:avoid}}
)css";

}  // namespace broadsheet::commands
