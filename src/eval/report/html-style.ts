/** One look with the service's pages: paper and ink, one green accent, amber for what is quoted. Contrasts are AA or better. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#faf9f6;--card:#fff;--ink:#1c2426;--soft:#566064;--line:#d9d8d2;--accent:#0b5a5e;--tint:#e4efee;--mark:#ffe7a0;--on-mark:#1c2426;--good:#1d6b3a;--good-tint:#e3f1e6;--warn:#8a4b00;--warn-tint:#fbeedd;--bad:#a01d2b;--bad-tint:#fbe6e6;--bar:#dcdbd5;--ui:system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',sans-serif;--reading:ui-serif,'Iowan Old Style','Palatino Linotype',Palatino,'Noto Serif',Georgia,'Liberation Serif',serif}
@media (prefers-color-scheme:dark){:root{--paper:#14191b;--card:#1c2326;--ink:#e8e6e0;--soft:#a5afb1;--line:#333c40;--accent:#7fd0c8;--tint:#1f3335;--mark:#5d4a10;--on-mark:#fff6dc;--good:#86d39c;--good-tint:#1b3324;--warn:#f2b077;--warn-tint:#33261a;--bad:#ff9c9c;--bad-tint:#3a2022;--bar:#3a4448}}
*,*::before,*::after{box-sizing:border-box}
html{font:100%/1.5 var(--ui);color:var(--ink);background:var(--paper);scroll-padding-top:4.5rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;overflow-wrap:anywhere}
main,header>div,nav>div,footer{max-width:72rem;margin:0 auto;padding:0 1.25rem}
h1,h2,h3,h4,p,ul,ol,figure,table,dl{margin:0}
h1{font-size:1rem;font-weight:600;color:var(--accent);letter-spacing:.01em}
h2{font-size:1.35rem;line-height:1.25;font-weight:650}
h3{font-size:1.05rem;font-weight:650;margin-bottom:.75rem}
a{color:var(--accent);text-underline-offset:.18em}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:4px}
header{padding:2rem 0 1.25rem}
.meta{color:var(--soft);font-size:.875rem;margin-top:.35rem}
.meta code,footer code{font-size:.85em;background:var(--tint);padding:.1em .35em;border-radius:.3em}
.gate{display:block;margin-top:1.1rem;padding:.8rem 1rem;border-radius:.6rem;border-left:.35rem solid}
.gate.pass{background:var(--good-tint);border-color:var(--good)}
.gate.fail{background:var(--bad-tint);border-color:var(--bad)}
.gate strong{display:block}
.gate.pass strong{color:var(--good)}.gate.fail strong{color:var(--bad)}
.gate ul{margin:.4rem 0 0;padding-left:1.2rem;font-size:.9375rem}
.gate li{margin:.15rem 0}
nav{position:sticky;top:0;z-index:2;background:var(--paper);border-block:1px solid var(--line);font-size:.9375rem}
nav>div{display:flex;gap:.25rem 1.25rem;overflow-x:auto;white-space:nowrap;padding-block:.55rem}
.suite{padding:2rem 0 1rem;border-bottom:1px solid var(--line)}
.suite:last-of-type{border-bottom:0}
.verdict{font:1.35rem/1.45 var(--reading);margin:.5rem 0 1.4rem;max-width:46em;text-wrap:pretty}
.verdict small{display:block;font:.9375rem/1.5 var(--ui);color:var(--soft);margin-top:.4rem}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(12.5rem,1fr));gap:.8rem;margin-bottom:1.75rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.6rem;padding:.85rem 1rem .8rem;display:flex;flex-direction:column}
.card .name{font-size:.875rem;color:var(--soft)}
.card .value{font-size:1.75rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums;letter-spacing:-.01em}
.card .range{font-size:.8125rem;color:var(--soft);font-variant-numeric:tabular-nums;margin-top:.3rem}
.card .moved{font-size:.8125rem;margin-top:.1rem;font-variant-numeric:tabular-nums}
.up{color:var(--good)}.down{color:var(--bad)}.level{color:var(--soft)}
.meter{display:block;width:100%;height:.6rem;margin-top:.4rem}
.meter .track{fill:var(--bar)}.meter .span{fill:var(--accent);opacity:.38}.meter .dot{fill:var(--accent)}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:1.75rem;margin-bottom:1.75rem}
.pair>*{min-width:0}
.quadrant{border-collapse:separate;border-spacing:.4rem;width:100%;margin:-.4rem}
.quadrant th{font-size:.875rem;font-weight:500;color:var(--soft);text-align:left;padding:.1rem .3rem}
.quadrant tbody th{width:30%}
.quadrant td{border-radius:.5rem;padding:.7rem .8rem;width:35%;vertical-align:top}
.quadrant td b{display:block;font-size:1.5rem;line-height:1.2;font-variant-numeric:tabular-nums}
.quadrant td span{font-size:.8125rem}
.quadrant .good{background:var(--good-tint);color:var(--good)}.quadrant .bad{background:var(--bad-tint);color:var(--bad)}.quadrant .poor{background:var(--warn-tint);color:var(--warn)}
.curve{width:100%;height:auto;display:block}
.curve text{font:11px var(--ui);fill:var(--soft)}
.curve .axis{stroke:var(--soft);stroke-width:1}.curve .grid{stroke:var(--line);stroke-width:1}
.curve .line{fill:none;stroke:var(--accent);stroke-width:2.25;stroke-linejoin:round}.curve .area{fill:var(--accent);opacity:.12}.curve .end{fill:var(--accent)}
figcaption{font-size:.875rem;color:var(--soft);margin-top:.5rem;max-width:40em}
.table{overflow-x:auto}
table.rows{border-collapse:collapse;width:100%;font-size:.9375rem}
table.rows th,table.rows td{text-align:left;padding:.4rem .6rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:middle}
table.rows thead th{font-size:.8125rem;font-weight:500;color:var(--soft)}
table.rows tbody th{font-weight:500}
table.rows .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
table.rows td .meter{min-width:5rem;margin:0}
table.rows td.wide{width:50%;padding-left:1rem}
table.rows small{color:var(--soft);display:block;font-weight:400}
time{white-space:nowrap}
details.more{margin-bottom:1.75rem}
details.more[open]>summary{margin-bottom:.4rem}
summary{cursor:pointer}
details.more>summary{font-weight:650;padding:.3rem 0}
.tools{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;margin-bottom:.9rem;font-size:.9375rem}
.tools[hidden]{display:none}
.tools input[type=search]{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:.4rem;padding:.4rem .6rem;min-width:min(100%,19rem)}
.tools label{display:inline-flex;gap:.4rem;align-items:center;min-height:1.75rem}
.tools kbd{font:.8125rem var(--ui);border:1px solid var(--line);border-radius:.25rem;padding:.05rem .35rem;background:var(--card)}
.tools .keys{color:var(--soft);font-size:.8125rem}
.case{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.6rem;margin-bottom:.7rem}
.case.wrong{border-left-color:var(--bad)}.case.soft{border-left-color:var(--warn)}.case.right{border-left-color:var(--good)}
.case>summary{list-style:none;padding:.75rem 1rem;display:grid;gap:.2rem}
.case>summary::-webkit-details-marker{display:none}
.case .q{font-weight:600;font-size:1.0313rem}
.case .why{font-size:.9063rem;color:var(--bad)}
.case.soft .why{color:var(--warn)}.case.right .why{color:var(--good)}
.case .chips{font-size:.8125rem;color:var(--soft)}
.chip{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .55rem;margin:.1rem .25rem .1rem 0}
.chip.down{border-color:currentColor}.chip.up{border-color:currentColor}
.body{padding:0 1rem 1rem;border-top:1px solid var(--line)}
.body h4{font-size:.8125rem;font-weight:600;color:var(--soft);margin:1rem 0 .4rem}
.turns{font-size:.9375rem;color:var(--soft);padding-left:1.1rem}
.sides{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:.35rem 1.5rem;padding:.65rem 0;border-bottom:1px solid var(--line)}
.sides:last-of-type{border-bottom:0}
.sentence{font:1.0625rem/1.5 var(--reading)}
.sentence p{border-left:.25rem solid;padding-left:.7rem}
.sentence.yes p{border-color:var(--good)}.sentence.part p{border-color:var(--warn)}.sentence.no p{border-color:var(--bad)}
.sentence small{display:block;font:.8125rem/1.4 var(--ui);padding-left:.95rem;margin-top:.25rem}
.sentence.yes small{color:var(--good)}.sentence.part small{color:var(--warn)}.sentence.no small{color:var(--bad)}
.source{font-size:.9063rem;color:var(--soft)}
.source+.source{margin-top:.7rem}
.source b{color:var(--ink);font-weight:600}
.source q,.source blockquote{margin:.2rem 0 0;quotes:none;color:var(--ink);font-family:var(--reading);line-height:1.5}
mark{background:var(--mark);color:var(--on-mark);padding:.05em .1em;border-radius:3px;-webkit-box-decoration-break:clone;box-decoration-break:clone}
.facts{list-style:none;padding:0;font-size:.9375rem}
.facts li{padding-left:1.4rem;position:relative;margin:.15rem 0}
.facts li::before{position:absolute;left:.1rem;font-weight:700}
.facts .yes::before{content:"✓";color:var(--good)}.facts .no::before{content:"✗";color:var(--bad)}
.before{font:1rem/1.5 var(--reading)}
del{background:var(--bad-tint);color:var(--bad)}ins{background:var(--good-tint);color:var(--good);text-decoration:none;border-bottom:1px solid}
.aside{color:var(--soft);font-size:.9375rem;max-width:46em}
footer{color:var(--soft);font-size:.875rem;padding-block:1.5rem 3rem}
footer p{max-width:52em;margin-bottom:.5rem}
@media (max-width:40rem){html{font-size:95%}header{padding-top:1.25rem}.sides{grid-template-columns:minmax(0,1fr);gap:.7rem}.cards{grid-template-columns:repeat(2,minmax(0,1fr));gap:.5rem}.card{padding:.65rem .75rem}.card .value{font-size:1.4rem}.tools .keys{display:none}.quadrant td{padding:.55rem .6rem}.quadrant tbody th{width:26%}.hide-small{display:none}table.rows tbody th{min-width:8.5rem}table.rows td.wide{width:40%}}
@media print{:root{color-scheme:light}nav,.tools{display:none!important}html{font-size:80%;background:#fff}.case,.card{break-inside:avoid}.case:not([open])>summary{break-after:auto}}
`;

/** Filters and keys. Without it every case is still there to open. */
export const SCRIPT = `
for (const suite of document.querySelectorAll('.suite')) {
  const tools = suite.querySelector('.tools');
  if (!tools) continue;
  tools.hidden = false;
  const cases = [...suite.querySelectorAll('.case')];
  const search = tools.querySelector('input[type=search]');
  const boxes = [...tools.querySelectorAll('input[type=checkbox]')];
  const count = tools.querySelector('output');
  const apply = () => {
    const words = search.value.toLowerCase().split(/\\s+/).filter(Boolean);
    const on = boxes.filter((box) => box.checked).map((box) => box.value);
    let shown = 0;
    for (const one of cases) {
      const text = one.dataset.text;
      const fits = words.every((word) => text.includes(word)) && on.every((name) => one.dataset[name] === '1');
      one.hidden = !fits;
      if (fits) shown++;
    }
    count.textContent = shown + ' of ' + cases.length + ' shown';
  };
  search.addEventListener('input', apply);
  for (const box of boxes) box.addEventListener('change', apply);
  apply();
}
addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
  if (event.key === '/' && !typing) {
    const field = document.querySelector('.tools:not([hidden]) input[type=search]');
    if (field) { event.preventDefault(); field.focus(); }
    return;
  }
  if (typing || (event.key !== 'j' && event.key !== 'k')) return;
  const all = [...document.querySelectorAll('.case:not([hidden])')].filter((one) => one.offsetParent !== null).map((one) => one.querySelector('summary'));
  if (all.length === 0) return;
  const at = all.indexOf(document.activeElement);
  const next = all[Math.max(0, Math.min(all.length - 1, at < 0 ? 0 : at + (event.key === 'j' ? 1 : -1)))];
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
});
let closed = [];
addEventListener('beforeprint', () => { closed = [...document.querySelectorAll('.case.wrong:not([open]),.case.soft:not([open])')]; for (const one of closed) one.open = true; });
addEventListener('afterprint', () => { for (const one of closed) one.open = false; });
`;
