/**
 * The page's script. It makes elements and sets their text; it never parses markup, so that no text of the audit
 * can become any. Rows are made on demand: bodies when a finding is opened, further rows by "Show more".
 * The filters stand in the address after `#`, so that a filtered view can be kept and passed on.
 */
export const SCRIPT = `'use strict'
const data = JSON.parse(document.getElementById('data').textContent)
const texts = data.texts
const findings = data.findings
const STEP = 100
const PRINTED = 500
const byId = (id) => document.getElementById(id)
const state = { q: '', show: 'fail', severity: new Set(), check: '', place: '', shown: STEP }
let matching = []

findings.forEach((finding, index) => {
  finding.index = index
  finding.words = [finding.check, texts[finding.title], finding.target, finding.place, finding.area, finding.message]
    .concat(finding.evidence.map((evidence) => evidence.place)).join(' ').toLowerCase()
})

function element(name, className, text) {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text !== undefined) made.textContent = text
  return made
}

/* Words in backticks become code, when the backticks come in pairs. */
function prose(parent, text) {
  const parts = text.split('\\u0060')
  if (parts.length % 2 === 0) parent.append(text)
  else parts.forEach((part, index) => parent.append(index % 2 === 1 ? element('code', '', part) : part))
  return parent
}

function row(finding) {
  const item = element('li')
  const details = element('details', 'finding ' + (finding.result === 'fail' ? finding.severity : finding.result))
  const summary = element('summary')
  const head = element('div', 'head')
  head.append(element('b', '', texts[finding.title]), prose(element('span'), finding.message))
  if (finding.evidence.length > 0) {
    const others = finding.evidence.length > 1 ? ' (+' + (finding.evidence.length - 1) + ' more)' : ''
    head.append(element('span', 'place', finding.evidence[0].place + others))
  }
  const where = element('div', 'where')
  where.append(element('span', 'name', finding.short))
  if (finding.result === 'fail') where.append(element('span', '', 'open to ' + texts[finding.reach]))
  const label = { fail: finding.severity, unknown: 'unknown', notApplicable: 'n/a' }[finding.result]
  const badge = element('div')
  badge.append(element('span', 'badge', label))
  summary.append(badge, head, where)
  details.append(summary)
  details.addEventListener('toggle', () => { if (details.open && details.children.length === 1) details.append(body(finding)) })
  item.append(details)
  return item
}

function body(finding) {
  const box = element('div', 'body')
  const facts = element('dl')
  const fact = (name, text) => facts.append(element('dt', '', name), prose(element('dd'), text))
  fact('Target', finding.target)
  fact('Check', '\\u0060' + finding.check.replaceAll('\\u0060', "'") + '\\u0060')
  if (finding.reason !== undefined) fact('Unknown because', texts[finding.reason])
  fact('Severity', finding.severity[0].toUpperCase() + finding.severity.slice(1) + ': ' + texts[finding.because])
  fact('Why it matters', texts[finding.why])
  box.append(facts)
  if (finding.evidence.length > 0) box.append(element('h3', '', 'Evidence'))
  for (const evidence of finding.evidence) box.append(...evidenceBlock(evidence))
  if (finding.fix) box.append(fixBlock(finding.fix))
  if (finding.references.length > 0) box.append(element('h3', '', 'References'), referenceList(finding.references))
  const mark = element('p', 'faint')
  mark.append('Fingerprint ', element('span', 'mono', finding.fingerprint))
  box.append(element('h3', '', 'Baseline key'), mark)
  return box
}

function evidenceBlock(evidence) {
  const place = element('p', 'place', evidence.place)
  const message = prose(element('p', 'faint'), texts[evidence.message])
  if (evidence.path && !texts[evidence.message].includes(evidence.path)) message.append(' (', element('span', 'mono', evidence.path), ')')
  if (!evidence.lines) return [place, message]
  const width = String(evidence.start + evidence.lines.length).length
  const block = element('pre')
  block.tabIndex = 0
  block.setAttribute('aria-label', 'Lines of ' + evidence.place)
  evidence.lines.forEach((text, index) => {
    const number = evidence.start + index
    const line = element('div', number === evidence.focus ? 'focus' : '')
    line.append(element('span', 'number', String(number).padStart(width)), text)
    block.append(line)
  })
  return [place, message, block]
}

function fixBlock(fix) {
  const box = element('div', 'fix')
  box.append(element('h3', '', fix.kind === 'advice' ? 'Fix (advice)' : 'Fix'))
  for (const index of fix.text) box.append(prose(element('p'), texts[index]))
  if (fix.changes.length > 0) box.append(lines(fix.changes, true))
  if (fix.commands.length > 0) box.append(commands(fix.commands))
  const facts = element('dl')
  const fact = (name, text) => facts.append(element('dt', '', name), prose(element('dd'), text))
  fact('Risk', texts[fix.risk])
  for (const need of fix.needs) {
    const holds = need.met === true ? 'holds' : need.met === false ? 'does not hold' : 'not known'
    fact('Needs', texts[need.text] + ' (' + holds + ')')
  }
  if (fix.breaks !== undefined) fact('May break', texts[fix.breaks])
  if (fix.restart !== undefined) fact('Restart', texts[fix.restart])
  box.append(facts)
  if (fix.verify !== undefined) box.append(element('h3', '', 'Verify'), commands([fix.verify]))
  return box
}

function lines(list, diff) {
  const block = element('pre')
  block.tabIndex = 0
  for (const text of list) {
    const kind = !diff ? '' : text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : ''
    block.append(element('div', kind, text))
  }
  return block
}

function commands(list) {
  const box = element('div', 'commands')
  box.append(lines(list, false), copyButton(list.join('\\n')))
  return box
}

function copyButton(text) {
  const button = element('button', 'copy', 'Copy')
  button.type = 'button'
  button.addEventListener('click', () => {
    if (!navigator.clipboard) return
    navigator.clipboard.writeText(text).then(() => { button.textContent = 'Copied' }, () => { button.textContent = 'Not allowed' })
  })
  return button
}

function referenceList(indexes) {
  const list = element('ul')
  for (const index of indexes) {
    const item = element('li')
    const address = /^https:\\/\\/\\S+/.exec(texts[index])
    if (address) {
      const link = element('a', '', address[0])
      link.href = address[0]
      link.target = '_blank'
      link.rel = 'noopener noreferrer'
      item.append(link, texts[index].slice(address[0].length))
    } else item.append(texts[index])
    list.append(item)
  }
  return list
}

function matches(finding) {
  if (state.show !== 'all' && finding.result !== state.show) return false
  if (state.severity.size > 0 && !state.severity.has(finding.severity)) return false
  if (state.check !== '' && finding.check !== state.check) return false
  if (state.place !== '' && finding.place !== state.place) return false
  return state.q.toLowerCase().split(/\\s+/).every((word) => finding.words.includes(word))
}

function render() {
  matching = findings.filter(matches)
  const list = byId('list')
  list.replaceChildren(...matching.slice(0, state.shown).map(row))
  showRest()
  for (const button of document.querySelectorAll('[data-severity]')) {
    button.setAttribute('aria-pressed', String(state.severity.has(button.dataset.severity)))
  }
  for (const button of document.querySelectorAll('[data-show]')) button.setAttribute('aria-pressed', String(state.show === button.dataset.show))
  byId('q').value = state.q
  byId('show').value = state.show
  byId('check').value = state.check
  byId('place').value = state.place
}

function showRest() {
  const visible = Math.min(state.shown, matching.length)
  const all = findings.filter((finding) => state.show === 'all' || finding.result === state.show).length
  const noun = { fail: ['finding', 'findings'], unknown: ['open question', 'open questions'] }[state.show] || ['answer', 'answers']
  byId('count').textContent = matching.length === all
    ? all + ' ' + noun[all === 1 ? 0 : 1]
    : matching.length + ' of ' + all + ' ' + noun[1] + ' match'
  byId('nothing').hidden = matching.length > 0
  byId('more').hidden = visible >= matching.length
  byId('more').textContent = 'Show ' + Math.min(STEP, matching.length - visible) + ' more (' + visible + ' of ' + matching.length + ' shown)'
}

function more() {
  const from = state.shown
  state.shown += STEP
  byId('list').append(...matching.slice(from, state.shown).map(row))
  showRest()
  const first = byId('list').children[from]
  if (first) first.querySelector('summary').focus()
}

/* The filters as text after the hash, and back; only words that the page itself offers are taken. */
function save() {
  const words = new URLSearchParams()
  if (state.q !== '') words.set('q', state.q)
  if (state.show !== 'fail') words.set('show', state.show)
  if (state.severity.size > 0) words.set('severity', [...state.severity].join(','))
  if (state.check !== '') words.set('check', state.check)
  if (state.place !== '') words.set('place', state.place)
  history.replaceState(null, '', '#' + words)
}

function load() {
  const words = new URLSearchParams(location.hash.slice(1))
  const offered = (id, name) => [...byId(id).options].some((option) => option.value === words.get(name)) ? words.get(name) : undefined
  state.q = words.get('q') || ''
  state.show = offered('show', 'show') || 'fail'
  state.severity = new Set((words.get('severity') || '').split(',').filter((name) => document.querySelector('.pills [data-severity="' + CSS.escape(name) + '"]')))
  state.check = offered('check', 'check') || ''
  state.place = offered('place', 'place') || ''
}

function change(edit) {
  edit()
  state.shown = STEP
  save()
  render()
}

function options(id, names, all) {
  const sorted = [...new Set(names)].sort()
  byId(id).replaceChildren(...[['', all], ...sorted.map((name) => [name, name])].map(([value, text]) => {
    const option = element('option', '', text)
    option.value = value
    return option
  }))
}

function setOpen(open) {
  for (const details of document.querySelectorAll('.finding')) details.open = open
}

options('check', findings.map((finding) => finding.check), 'All checks')
options('place', findings.map((finding) => finding.place), 'Everywhere')
let waiting = 0
byId('q').addEventListener('input', (event) => {
  clearTimeout(waiting)
  const text = event.target.value
  waiting = setTimeout(() => change(() => { state.q = text }), findings.length > 1000 ? 150 : 0)
})
for (const id of ['show', 'check', 'place']) byId(id).addEventListener('change', (event) => change(() => { state[id] = event.target.value }))
for (const button of document.querySelectorAll('[data-severity]')) {
  button.addEventListener('click', () => change(() => {
    const name = button.dataset.severity
    if (!state.severity.delete(name)) state.severity.add(name)
    if (button.closest('.tiles')) state.show = 'fail'
  }))
}
for (const button of document.querySelectorAll('[data-show]')) {
  button.addEventListener('click', () => change(() => {
    state.show = state.show === button.dataset.show ? 'fail' : button.dataset.show
    state.severity.clear()
  }))
}
byId('reset').addEventListener('click', () => change(() => {
  Object.assign(state, { q: '', show: 'fail', check: '', place: '' })
  state.severity.clear()
}))
byId('more').addEventListener('click', more)
let opened = false
byId('open').addEventListener('click', () => {
  opened = !opened
  setOpen(opened)
  byId('open').textContent = opened ? 'Close all' : 'Open all'
})
byId('theme').addEventListener('click', () => {
  const root = document.documentElement
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
  root.dataset.theme = dark ? 'light' : 'dark'
})
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return
  event.preventDefault()
  byId('q').focus()
})
addEventListener('hashchange', () => {
  if (!location.hash.includes('=')) return
  load()
  state.shown = STEP
  render()
})
addEventListener('beforeprint', () => {
  if (state.shown < PRINTED) { state.shown = PRINTED; render() }
  for (const details of document.querySelectorAll('.finding')) {
    if (details.children.length === 1) details.append(body(matching[[...byId('list').children].indexOf(details.parentElement)]))
    details.open = true
  }
})
addEventListener('afterprint', () => { state.shown = STEP; render() })
load()
render()
`
