/**
 * Filters, "Show more", printing and keys. The filters stand in the address after `#`, so that a filtered view can be
 * kept and passed on; of an address only what the page itself offers is taken.
 */
export const FILTERS_SCRIPT = `function matches(finding) {
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
