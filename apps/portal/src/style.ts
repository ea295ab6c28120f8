/** The whole style sheet, in the page: one request on a weak network. Colours are those of the console's tokens. */
export const style = `
:root{color-scheme:light dark;--ink:#15202b;--dim:#51606d;--line:#d6dde2;--paper:#fff;--sunk:#f4f6f7;--accent:#0b5563;--high:#a3171f;--medium:#8a5a00}
@media(prefers-color-scheme:dark){:root{--ink:#e6ecef;--dim:#9fb0ba;--line:#2c3940;--paper:#10171a;--sunk:#172024;--accent:#5cc0cf;--high:#ff8d8d;--medium:#f0b44c}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--accent);text-underline-offset:3px}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
header,main,footer{max-width:760px;margin:0 auto;padding:0 16px}
header{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:baseline;padding-block:16px;border-block-end:1px solid var(--line)}
header a.name{font-weight:700;font-size:18px;text-decoration:none;color:var(--ink)}
header nav{margin-inline-start:auto;display:flex;gap:12px}
header nav a,main nav a{display:inline-block;padding:4px 0;min-height:32px}
.demo{background:var(--sunk);border-block-end:2px dashed var(--accent);text-align:center;padding:6px 16px;font-size:14px}
h1{font-size:24px;line-height:1.35;margin:24px 0 8px}
h2{font-size:18px;margin:28px 0 8px;border-block-end:1px solid var(--line);padding-block-end:4px}
ul{list-style:none;margin:0;padding:0}
li{padding:8px 0;border-block-end:1px solid var(--line)}
li small,.facts,footer{color:var(--dim);font-size:14px}
.facts{display:flex;flex-wrap:wrap;gap:0 16px;margin:0 0 16px}
.body{white-space:pre-line}
.mark{display:inline-flex;align-items:center;gap:6px;font-weight:600;white-space:nowrap}
.mark::before{content:"";width:14px;height:14px;border:2px solid currentColor}
.mark+.mark{margin-inline-start:12px}
.mark.high{color:var(--high)}
.mark.high::before{background:repeating-linear-gradient(45deg,currentColor 0 2px,transparent 2px 5px)}
.mark.medium{color:var(--medium)}
.mark.medium::before{border-radius:50%;background:radial-gradient(currentColor 30%,transparent 32%)}
form{display:grid;gap:16px;max-width:420px;margin:16px 0}
label{display:grid;gap:4px;font-weight:600}
input{font:inherit;font-size:20px;letter-spacing:.04em;padding:10px 12px;border:1px solid var(--dim);border-radius:4px;background:var(--paper);color:var(--ink);min-height:48px;width:100%}
button{font:inherit;font-weight:700;min-height:48px;padding:10px 16px;border:0;border-radius:4px;background:var(--accent);color:var(--paper)}
select{font:inherit;padding:10px 12px;border:1px solid var(--dim);border-radius:4px;background:var(--paper);color:var(--ink);min-height:48px;width:100%}
fieldset{border:1px solid var(--line);border-radius:4px;padding:12px;margin:0;display:grid;gap:12px;min-width:0}
summary{min-height:48px;padding:12px 0;color:var(--accent);font-weight:600;cursor:pointer}
.fault{color:var(--high)}
.days{font-size:20px;font-weight:700}
input:focus-visible,select:focus-visible,button:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.wait{font-weight:700;white-space:nowrap}
table{width:100%;border-collapse:collapse}
th,td{text-align:start;font-weight:400;padding:8px 12px 8px 0;border-block-end:1px solid var(--line);vertical-align:top}
td.number{text-align:end;font-weight:700;font-size:18px}
.notice{border-inline-start:4px solid var(--accent);padding:4px 12px;background:var(--sunk)}
footer{padding-block:24px}
@media print{header nav,.demo{display:none}body{color:#000;background:#fff}}
`;
