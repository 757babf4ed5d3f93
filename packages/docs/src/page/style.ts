/** The page's looks: one column on a phone, contents beside the text elsewhere, light or dark as the reader has it. */
export const style = `:root{color-scheme:light dark;--text:#1c2330;--quiet:#5b6576;--back:#fff;--soft:#f5f7fa;--line:#e1e6ee;--link:#0b57c2;--in:#0b6b4f;--out:#7a3cb8;--warn:#9a4a00}
@media (prefers-color-scheme:dark){:root{--text:#e4e8ef;--quiet:#9aa5b7;--back:#12161d;--soft:#1a2029;--line:#2b3442;--link:#7fb2ff;--in:#5fd0a8;--out:#c79bff;--warn:#ffb067}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:76rem;padding:0 1.25rem 4rem;background:var(--back);color:var(--text);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
code,pre{font:0.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
h1,h2,h3,h4{line-height:1.25;overflow-wrap:anywhere}
h1{margin:2.5rem 0 .5rem;font-size:2rem;letter-spacing:-.02em}
h3 a,main h2 a{color:inherit}
header{border-bottom:1px solid var(--line);padding-bottom:1.25rem}
header p{max-width:46rem;margin:.5rem 0}
.version{font-size:.9rem;font-weight:500;letter-spacing:0;color:var(--quiet)}
.links a{margin-right:1rem}
.servers{list-style:none;margin:.75rem 0 0;padding:0}
.servers b{margin-right:.5rem}
.quiet,.way,.format,figcaption{color:var(--quiet)}
.columns{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:3rem}
nav{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:1.5rem 0;font-size:.9rem}
nav summary{display:none}
nav h2{margin:1.25rem 0 .35rem;font-size:.9rem}
nav h2:first-of-type{margin-top:0}
nav h2 a{color:var(--text)}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:.15rem 0;color:var(--quiet);overflow-wrap:anywhere}
.receive h3 .way,.arrow.receive{color:var(--in)}
.send h3 .way,.arrow.send{color:var(--out)}
main h2{margin:2rem 0 1rem;font-size:1.35rem}
main h2 code{font-size:1em}
.event{margin:0 0 1.25rem;padding:1.1rem 1.35rem 1.25rem;border:1px solid var(--line);border-radius:10px}
.event:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
h3{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 1rem;margin:0;font:600 1.1rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.way{font:500 .8rem/1 system-ui,sans-serif;white-space:nowrap}
h4{margin:1.1rem 0 .4rem;font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:var(--quiet)}
h4 code{text-transform:none;letter-spacing:0}
.event p{margin:.4rem 0}
.event .summary{font-weight:500}
.badges:empty{display:none}
.badge{display:inline-block;padding:0 .5rem;border:1px solid var(--line);border-radius:1rem;font-size:.75rem;line-height:1.4rem;color:var(--quiet)}
.warn{color:var(--warn);border-color:currentColor}
.type{font:500 .875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.format,.fact{font-size:.85em}
.fact{margin-left:.35rem;color:var(--quiet);overflow-wrap:anywhere}
.fact code{color:var(--text)}
.must{margin-left:.35rem;font-size:.75em;color:var(--warn)}
.note{display:block;color:var(--quiet);font-size:.92em}
.key{font:600 .875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;margin-right:.35rem}
.index{display:inline-block;min-width:1.1rem;color:var(--quiet);font-variant-numeric:tabular-nums}
.schema{list-style:none;margin:.25rem 0 0;padding:0 0 0 1rem;border-left:1px solid var(--line)}
.schema li{padding:.2rem 0}
figure{margin:.6rem 0 0}
figcaption{font-size:.8rem}
figcaption b{color:var(--text);font-weight:600}
pre{margin:.25rem 0 0;padding:.75rem .9rem;overflow:auto;background:var(--soft);border-radius:8px}
.event details{margin-top:.75rem;padding-top:.6rem;border-top:1px solid var(--line)}
.event summary{cursor:pointer;font-size:.9rem}
.event details[open] summary{margin-bottom:.5rem}
@media (max-width:52rem){body{padding:0 1rem 3rem}.columns{display:block}nav{position:static;max-height:50vh;padding:1rem 0;border-bottom:1px solid var(--line)}nav summary{display:list-item;margin-bottom:.5rem;font-weight:600;cursor:pointer}nav li a{padding:.3rem 0}.must{white-space:nowrap}h1{margin-top:1.5rem;font-size:1.6rem}.event{padding:1rem}.event h3{justify-content:flex-start}}
@media print{nav{display:none}.columns{display:block}.event{break-inside:avoid}}
`
