/** The look of an HTML report: light and dark, phone to paper. No `style=` attribute is used, so that the page's policy can name this text by its digest. */
export const STYLE: string = `
:root{--ink:#1b1f24;--paper:#fff;--quiet:#57606a;--line:#d0d7de;--faint:#eaeef2;--one:#0b5cad;--two:#a8410a;--three:#5b3d99;--four:#1a6b3c;--good:#116329;--bad:#a40e26;--open:#7a4d00;--mark:#eef4fb}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--quiet:#9da7b1;--line:#3d444d;--faint:#21262d;--one:#6cb6ff;--two:#f69d50;--three:#c6a5ff;--four:#6bc46d;--good:#57c46a;--bad:#ff938a;--open:#e0b04a;--mark:#14202e}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:78rem;margin:0 auto;padding:2rem 1rem 4rem}
h1{font-size:1rem;font-weight:600;color:var(--quiet);margin:0 0 .5rem;overflow-wrap:anywhere}
h2{font-size:1.4rem;line-height:1.25;margin:0;padding-top:1.25rem;border-top:1px solid var(--line);overflow-wrap:anywhere}
h3{font-size:1rem;margin:0 0 .5rem;overflow-wrap:anywhere}
section,footer{margin-top:2.5rem}
nav+section{margin-top:1.25rem}
p,ul{margin:.5rem 0;overflow-wrap:anywhere}
h2+.quiet{margin:0 0 1.25rem}
p,main>section>ul,figcaption{max-width:46rem}
ul{padding-left:1.25rem}
.answer{font-size:1.6rem;line-height:1.35;font-weight:600;margin:0 0 1.5rem;max-width:52rem;text-wrap:pretty}
.badge{display:inline-block;border:2px solid;border-radius:.35rem;padding:0 .5rem;font-weight:700}
.good{color:var(--good)}.bad{color:var(--bad)}.open{color:var(--open)}.quiet{color:var(--quiet);font-size:.9rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(10rem,1fr));gap:1.25rem 1.5rem;margin:0 0 1.25rem;font-size:1rem}
.facts div{border-top:3px solid var(--one);padding-top:.5rem}
.facts dt{font-size:.9rem}
.fact{font-size:1.3rem;line-height:1.3;font-weight:600;font-variant-numeric:tabular-nums}
.title{display:flex;flex-wrap:wrap;gap:0 1.5rem;align-items:baseline;justify-content:space-between}
.title p{margin:0 0 .5rem}
nav ul{margin:0;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;list-style:none;padding:0;font-size:.95rem}
a{color:var(--one);text-underline-offset:.2em}
.scroll,.drawing{overflow-x:auto;background:linear-gradient(to right,var(--paper) 1rem,transparent) left/2.5rem 100% no-repeat local,linear-gradient(to left,var(--paper) 1rem,transparent) right/2.5rem 100% no-repeat local,linear-gradient(to right,var(--line),transparent) left/.75rem 100% no-repeat scroll,linear-gradient(to left,var(--line),transparent) right/.75rem 100% no-repeat scroll}
.scroll{margin:.75rem 0}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.92rem;min-width:20rem}
th,td{padding:.4rem 1rem .4rem 0;border-bottom:1px solid var(--faint);text-align:left;vertical-align:top;max-width:28rem;overflow-wrap:break-word}
thead th{vertical-align:bottom;color:var(--quiet);font-weight:600;border-bottom-color:var(--line)}
tbody th{font-weight:400;min-width:7rem}
th:first-child{position:sticky;left:0;background:var(--paper)}
td:not(.number):not(:has(svg)){min-width:9.5rem}
td:has(svg){white-space:nowrap}
td:last-child:not(.number){min-width:13rem}
.marked th,.marked td,.marked th:first-child{background:var(--mark);font-weight:600}
.number{text-align:right}
td.number{white-space:nowrap}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.9em}
pre{background:var(--faint);padding:.75rem;overflow-x:auto;border-radius:.35rem}
p code,li code,dd code,figcaption code,td code{white-space:nowrap}
.finding{display:grid;grid-template-columns:3.25rem 1fr;border-left:.25rem solid var(--open);padding-left:.75rem}
.finding>code{color:var(--open);padding-top:.1em}
figure{margin:2rem 0;min-width:0}
@media (min-width:60rem){section>figure,.figures figure:has(svg.wide){display:grid;grid-template-columns:minmax(0,36rem) minmax(0,1fr);grid-template-rows:auto auto 1fr;column-gap:2rem}.figures figure:has(svg.wide){grid-column:1/-1}.figures figure:has(svg.wide),section>figure:has(svg.wide){grid-template-columns:minmax(0,46rem) minmax(0,1fr)}section>figure>h3,figure:has(svg.wide)>h3{grid-column:1/-1}section>figure>.drawing,section>figure>.scroll,figure:has(svg.wide)>.drawing{grid-row:2/4;margin-top:0}section>figure>figcaption,section>figure>details,figure:has(svg.wide)>figcaption,figure:has(svg.wide)>details{grid-column:2}}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));gap:2.5rem 2rem;margin:2rem 0}
.figures figure{margin:0}
.figures tbody th{min-width:5rem}
.figures td:not(.number):not(:has(svg)){min-width:5rem}
figcaption{color:var(--quiet);font-size:.9rem;text-wrap:pretty}
summary{cursor:pointer;color:var(--one);padding:.25rem 0}
svg.figure{width:100%;height:auto;min-width:20rem;max-width:36rem;display:block}
svg.wide{min-width:30rem;max-width:46rem}
svg.inline{width:6.5rem;height:1rem;vertical-align:middle}
svg .halo{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
svg text{fill:var(--ink);font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
svg .across{text-anchor:middle}svg .up{text-anchor:end;dominant-baseline:central}
svg .label{fill:var(--quiet)}
svg .strong,svg .strong text{font-weight:700}
svg .on-dark{fill:var(--paper)}
.grid{fill:none;stroke:var(--faint)}
.line{fill:none;stroke-width:2}
.s1{stroke:var(--one)}.s2{stroke:var(--two)}.s3{stroke:var(--three)}.s4{stroke:var(--four)}
.line.s2{stroke-dasharray:7 3}.line.s3{stroke-dasharray:2 3}.line.s4{stroke-dasharray:9 3 2 3}
.dot{stroke:none}.dot.s1{fill:var(--one)}.dot.s2{fill:var(--two)}.dot.s3{fill:var(--three)}.dot.s4{fill:var(--four)}
.dots{fill:none;stroke-width:6;stroke-linecap:round}
.crosses{fill:none;stroke-width:1.5}
.band{fill:var(--quiet);fill-opacity:.18;stroke:none}
line.band{stroke:var(--quiet);stroke-opacity:.4;stroke-width:8}
.reference{stroke:var(--quiet);stroke-dasharray:4 4;stroke-width:1.5}
.reference.faint{stroke-opacity:.5}
.branch{fill:none;stroke:var(--quiet);stroke-linejoin:round}
.bar{fill:var(--one)}.bar.negative{fill:var(--two)}
.whisker{stroke:var(--ink);stroke-width:2}
.cell{fill:var(--one);stroke:var(--paper);stroke-width:1}
.cell.negative{fill:var(--two)}
dl{margin:.5rem 0;font-size:.9rem}
dt{color:var(--quiet)}
dd{margin:0;overflow-wrap:anywhere}
@media (min-width:40rem){footer dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:0 1.5rem}footer dl div{display:contents}}
@media (max-width:40rem){.answer{font-size:1.3rem}.fact{font-size:1.15rem}h2{font-size:1.25rem}table{width:max-content}td:not(.number):not(:has(svg)),td:last-child:not(.number){min-width:0;max-width:17rem}footer dl div{margin-bottom:.5rem}}
@page{margin:1.5cm}
@media print{nav,details:not([open]){display:none}h2,h2+.quiet,h3{break-after:avoid}.figures{grid-template-columns:1fr 1fr}.figures figure:has(svg.wide){grid-column:1/-1}body{font-size:11pt}.facts{grid-template-columns:repeat(4,1fr)}.drawing{overflow:visible}svg.figure{min-width:0;max-width:26rem}svg.wide{max-width:none}.extra{display:none}table{font-size:.8rem;min-width:0}th,td{padding:.3rem .6rem .3rem 0}tbody th{min-width:0}td:not(.number):not(:has(svg)),td:last-child:not(.number){min-width:4rem}td.number{white-space:normal}svg.inline{width:4.5rem}th:first-child{position:static}main{max-width:none;padding:0}section{break-inside:auto}figure,tr{break-inside:avoid}pre{white-space:pre-wrap}.scroll{overflow:visible}}
`;
