import { formatPath, formatRef, type Edit } from '../model/index.js'

/** The changes of a fix as a small diff: one heading for each file or object, then `+` and `-` lines. */
export function editLines(edits: readonly Edit[]): string[] {
  const lines: string[] = []
  let heading = ''
  for (const edit of edits) {
    const next = headingOf(edit)
    if (next !== heading) lines.push(next)
    heading = next
    lines.push(...changeOf(edit))
  }
  return lines
}

function headingOf(edit: Edit): string {
  const object = edit.object === undefined ? '' : ` (${formatRef(edit.object)})`
  const host = edit.host === undefined ? '' : ` on ${edit.host}`
  return `${edit.file}${host}${object}`
}

/** Each line of a new file. */
function newFile({ value, mode }: Edit): string[] {
  const text = typeof value === 'string' ? value : ''
  const rights = (mode ?? 0o600).toString(8).padStart(4, '0')
  return [
    `+ (new file, mode ${rights})`,
    ...text
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => `+ ${line}`),
  ]
}

function changeOf(edit: Edit): string[] {
  const value = edit.value === undefined ? '' : JSON.stringify(edit.value)
  switch (edit.op) {
    case 'set':
      return [`+ ${formatPath(edit.path)}: ${value}`]
    case 'append':
      return [`+ ${formatPath(edit.path)}[]: ${value}`]
    case 'remove':
      return [`- ${formatPath(edit.path)}`]
    case 'setFlag':
      return [edit.value === undefined ? `+ ${flagOf(edit)}` : `+ ${flagOf(edit)}=${flagValue(edit)}`]
    case 'removeFlag':
      return [`- ${flagOf(edit)}`]
    case 'create':
      return newFile(edit)
  }
}

/** The flag's name is the last step; steps before it lead to a static pod's argument list. */
function flagOf(edit: Edit): string {
  return `--${String(edit.path.at(-1) ?? '').replace(/^-{1,2}/, '')}`
}

function flagValue(edit: Edit): string {
  return typeof edit.value === 'string' ? edit.value : JSON.stringify(edit.value)
}
