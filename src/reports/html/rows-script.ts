/**
 * Makes the rows: one element a finding, its body when it is opened. Elements are made and their text is set; markup
 * is never parsed, so that no text of the audit can become any.
 */
export const ROWS_SCRIPT = `function element(name, className, text) {
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
  const label = { fail: finding.severity, unknown: 'unknown', notApplicable: 'n/a', accepted: 'accepted' }[finding.result]
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
  if (finding.accepted !== undefined) fact('Accepted', finding.accepted)
  fact('Severity', finding.severity[0].toUpperCase() + finding.severity.slice(1) + (finding.own ? ' (set by the configuration; its own: ' + finding.own + ')' : '') + ': ' + texts[finding.because])
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
`
