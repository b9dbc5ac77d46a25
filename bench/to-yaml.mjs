/** An object as YAML in block style, as kubectl writes it: fast, for values of JSON alone. */
export function toYaml(value, indent = '') {
  let text = ''
  for (const [key, inner] of Object.entries(value)) {
    text += `${indent}${scalar(key)}:${member(inner, indent)}`
  }
  return text
}

function member(value, indent) {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n'
    return `\n${value.map((item) => listItem(item, indent)).join('')}`
  }
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? ' {}\n' : `\n${toYaml(value, `${indent}  `)}`
  }
  if (typeof value === 'string' && /^[^\s].*\n$/s.test(value)) {
    const lines = value.trimEnd().split('\n')
    return ` |\n${lines.map((line) => `${indent}  ${line}\n`).join('')}`
  }
  return ` ${scalar(value)}\n`
}

function listItem(item, indent) {
  if (typeof item !== 'object' || item === null) return `${indent}- ${scalar(item)}\n`
  return `${indent}- ${toYaml(item, `${indent}  `).trimStart()}`
}

/** Quotes every text that any reader of YAML might take for something else. */
function scalar(value) {
  if (typeof value !== 'string') return JSON.stringify(value)
  const plain =
    /^[A-Za-z/][\w./@=-]*(?::[\w./@-]+)*$/.test(value) &&
    !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(value)
  return plain ? value : JSON.stringify(value)
}
