// One page a check, from the check's own fields and from what it says of its own bad example.

const REACHES = {
  unauthenticated: 'anyone who reaches the port, without a credential',
  pod: 'code in any pod',
  user: 'any user of the cluster',
  host: 'a user of the host',
}

const SUBJECTS = {
  kubelet: 'each kubelet',
  dockerd: 'each Docker daemon',
  apiserver: 'each API server',
  'controller-manager': 'each controller manager',
  scheduler: 'each scheduler',
  etcd: 'each etcd',
  'kube-proxy': 'each kube-proxy',
  workload: 'each object that makes pods, at its pod template',
  host: 'each host',
  container: 'each container of a Docker daemon',
  containerd: 'each containerd of a host',
  'docker-client': 'the Docker command line of each user of a host',
  crio: 'CRI-O of each host',
  estate: 'all that was read, as a whole',
  exception: 'each exception, of the configuration or of an annotation',
}

/** Markdown of docs/checks/<id>.md. `findings` are the check's failures on its bad example. */
export function checkPage({ check, findings }) {
  const finding = findings[0]
  return blocks([
    `# ${check.title}`,
    table(['', ''], factsOf(check)),
    '## Why it matters',
    check.why,
    '## What it sees',
    finding && seen(findings),
    'This fails:',
    ...exampleBlocks(check.examples.bad),
    'This does not:',
    ...exampleBlocks(check.examples.good),
    '## How it is fixed',
    ...(finding?.fix
      ? fixBlocks(finding.fix)
      : ['The finding names what to change; there is no fix that fits every place.']),
    '## References',
    list(check.references),
    '---',
    `Written from the check itself by \`npm run generate\`. Run it alone with \`rampart audit --check ${check.id}\`.`,
  ])
}

/** Markdown of docs/checks/index.md: every check, by area. */
export function checkIndex(loaded, areaOf) {
  const areas = [...new Set(loaded.map(({ check }) => areaOf(check.id)))].sort()
  return blocks([
    '# Checks',
    `${loaded.length} checks. Each page is written from the check itself by \`npm run generate\`.`,
    ...areas.flatMap((area) => [
      `## ${area}`,
      table(
        ['Check', 'Severity', 'What is wrong'],
        loaded
          .filter(({ check }) => areaOf(check.id) === area)
          .map(({ check }) => [`[${check.id}](${check.id}.md)`, check.severity, check.title]),
      ),
    ]),
  ])
}

function factsOf(check) {
  const kinds = check.kinds?.length ? ` (${check.kinds.join(', ')})` : ''
  const subject = check.appliesTo === 'object' ? `each object${kinds}` : SUBJECTS[check.appliesTo]
  return [
    ['Id', `\`${check.id}\``],
    ...(check.aliases?.length ? [['Earlier ids', check.aliases.map((id) => `\`${id}\``).join(', ')]] : []),
    ['Severity', `**${check.severity}**: ${check.because}`],
    ['Who can use it', REACHES[check.reach]],
    ['Asked about', subject],
    ...(check.byDefault === undefined ? [] : [['Off by default', offByDefault(check)]]),
  ]
}

function offByDefault({ id, needs, byDefault }) {
  if (byDefault === 'manifests')
    return `for clusters and hosts; asked of manifests alone, or when it is named: \`rampart audit --check ${id}\``
  const alone = `asked when it is named: \`rampart audit --check ${id}\``
  if (needs === 'auditLog') return `asked when an audit log is given: \`rampart audit --audit-log FILE\``
  return needs === undefined ? alone : `${alone}, or when the setting \`${needs}\` is given, which it needs`
}

function seen(findings) {
  const lines = findings.flatMap(({ message, evidence }) => [
    message,
    ...evidence.map((item) => item.message),
  ])
  return `On the example below it says:\n\n${list([...new Set(lines)])}`
}

function exampleBlocks({ manifests, hosts = {}, complete, settings = {} }) {
  return [
    ...Object.entries(settings).map(
      ([name, value]) => `With the setting \`${name}\`: ${settingInWords(name, value)}.`,
    ),
    complete && 'With the whole cluster read:',
    manifests !== undefined && fence('yaml', manifests),
    ...Object.entries(hosts).flatMap(([name, { files = {}, processes = [] }]) => [
      ...Object.entries(files).flatMap(([file, content]) => fileBlocks(name, file, content)),
      processes.length > 0 && `Processes of \`${name}\`:`,
      processes.length > 0 && fence('text', processes.join('\n')),
    ]),
  ]
}

function settingInWords(name, value) {
  if (name !== 'auditLog') return [value].flat().join(', ')
  const used = [...value.users].map(([user, { requests }]) => {
    const rights = requests.map(({ verb, path, resource }) => `${verb} ${path || resource}`)
    return `${rights.join(', ')} by ${user}`
  })
  return used.join('; ')
}

function fileBlocks(host, file, content) {
  if (typeof content === 'object' && 'link' in content)
    return [`\`${file}\` on \`${host}\` is a link to \`${content.link}\`.`]
  const given = typeof content === 'string' ? { text: content } : content
  const mode = given.mode === undefined ? '' : `, mode ${given.mode.toString(8).padStart(4, '0')}`
  const owner =
    given.uid === undefined && given.gid === undefined ? '' : `, owner ${given.uid ?? 0}:${given.gid ?? 0}`
  const language = /\.ya?ml$/.test(file) ? 'yaml' : file.endsWith('.json') ? 'json' : 'text'
  const heading = `\`${file}\` on \`${host}\`${mode}${owner}:`
  // Keys of a certificate are no help on a page.
  return given.text.includes('-----BEGIN')
    ? [`${heading} a PEM file.`]
    : [heading, fence(language, given.text)]
}

function fixBlocks(fix) {
  return [
    fix.text,
    fix.edits.length > 0 && fence('text', fix.edits.map(describeEdit).join('\n')),
    fix.commands.length > 0 && fence('sh', fix.commands.join('\n')),
    list([
      ...fix.needs.map(({ text }) => `Before: ${text}`),
      ...(fix.breaks ? [`May break: ${fix.breaks}`] : []),
      ...(fix.restart ? [`Restart: ${fix.restart}`] : []),
      ...(fix.risk === 'none' ? [] : [`Risk: ${fix.risk}`]),
      ...(fix.verify ? [`Shows that it worked: \`${fix.verify}\``] : []),
    ]),
  ]
}

function describeEdit({ file, op, path, value }) {
  const shown = value === undefined ? '' : ` = ${typeof value === 'string' ? value : JSON.stringify(value)}`
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
  return `${file === '' ? 'object' : file}: ${op} ${steps.replace(/^\./, '')}${shown}`
}

function list(items) {
  return items.map((item) => `- ${item}`).join('\n')
}

function table(head, rows) {
  const line = (cells) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A code block whose fence is longer than any inside. */
function fence(language, text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const mark = '`'.repeat(longest + 1)
  return `${mark}${language}\n${text.replace(/\n+$/, '')}\n${mark}`
}

function blocks(parts) {
  return `${parts.filter(Boolean).join('\n\n')}\n`
}
