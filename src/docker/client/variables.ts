/** The variables that decide which daemon a client talks to, and how. */
export const CLIENT_VARIABLES = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_TLS',
  'DOCKER_TLS_VERIFY',
  'DOCKER_CERT_PATH',
  'DOCKER_CONFIG',
] as const
export type ClientVariable = (typeof CLIENT_VARIABLES)[number]

/** One line that sets a variable. `value` is missing where only a running shell knows it. */
export interface Assignment {
  readonly name: ClientVariable
  /** Empty when it is taken away. */
  readonly value?: string
  readonly file: string
  readonly line: number
}

/** Read by pam_env for every session, and no shell script. */
export const ENVIRONMENT_FILE = '/etc/environment'

/** Read by login shells of every user, in this order; then the `*.sh` of /etc/profile.d. */
export const SYSTEM_PROFILES = [
  '/etc/profile',
  '/etc/bash.bashrc',
  '/etc/bashrc',
  '/etc/zsh/zshenv',
  '/etc/zsh/zprofile',
]
export const PROFILE_FOLDER = '/etc/profile.d'

/** Read by shells of one user. */
export const HOME_PROFILES = [
  '.profile',
  '.bash_profile',
  '.bash_login',
  '.zshenv',
  '.zprofile',
  '.bashrc',
  '.zshrc',
]

/** The lines of a profile that are about Docker's client; all others become empty, so that lines keep their number. */
export function dockerLines(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line.length <= 4096 && /\bDOCKER_[A-Z_]+\b/.test(line) && !/^\s*#/.test(line) ? line : '',
    )
    .join('\n')
}

const NAMES = new Set<string>(CLIENT_VARIABLES)

/** What an environment file (`KEY=value` lines without a shell) sets. */
export function environmentAssignments(text: string, file: string): Assignment[] {
  return text.split('\n').flatMap((line, index) => {
    const found = /^\s*(?:export\s+)?(DOCKER_[A-Z_]+)=(.*?)\s*$/.exec(line)
    const name = clientVariable(found?.[1])
    if (name === undefined) return []
    return [{ name, value: (found?.[2] ?? '').replace(/^(["'])(.*)\1$/, '$2'), file, line: index + 1 }]
  })
}

/**
 * What a shell profile sets for the programs that are started from the shell: exported values that stand at the
 * beginning of a line. A value that holds a `$` or a backquote, or that stands inside of a block, is not known.
 */
export function profileAssignments(text: string, file: string): Assignment[] {
  const lines = text.split('\n')
  const exported = new Set<string>()
  for (const line of lines) {
    const names = /^\s*(?:export|declare -x|typeset -x)\s+(.*)$/.exec(line)?.[1] ?? ''
    for (const [, name = ''] of names.matchAll(/\b(DOCKER_[A-Z_]+)/g)) exported.add(name)
  }
  return lines.flatMap((line, index) => assignmentOf(line, index + 1, file, exported) ?? [])
}

function assignmentOf(
  line: string,
  number: number,
  file: string,
  exported: ReadonlySet<string>,
): Assignment | undefined {
  const place = { file, line: number }
  const gone = clientVariable(/^\s*unset\s+(DOCKER_[A-Z_]+)\s*$/.exec(line)?.[1])
  if (gone !== undefined)
    return /^\s/.test(line) ? { name: gone, ...place } : { name: gone, value: '', ...place }
  const found = /^(\s*)(?:export\s+|declare -x\s+|typeset -x\s+)?(DOCKER_[A-Z_]+)=(.*)$/.exec(line)
  const name = clientVariable(found?.[2])
  if (found === null || name === undefined || !exported.has(name)) return undefined
  const [, indent = '', , rest = ''] = found
  const word = /^("(?:[^"\\$`]|\\.)*"|'[^']*'|[^\s"'$`;&|#]*)(.*)$/.exec(rest)
  const value = (word?.[1] ?? '').replace(/^(["'])(.*)\1$/, '$2')
  const behind = word?.[2] ?? rest
  // `DOCKER_HOST=... docker ps` sets it for one command alone.
  if (/^\s+[^\s#;&|]/.test(behind)) return undefined
  const dynamic = indent !== '' || !/^\s*(?:[;#&|].*)?$/.test(behind)
  return dynamic ? { name, ...place } : { name, value, ...place }
}

function clientVariable(name: string | undefined): ClientVariable | undefined {
  return name !== undefined && NAMES.has(name) ? (name as ClientVariable) : undefined
}
