import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { globSync } from 'tinyglobby'
import { RampartError } from '../../../../model/index.js'
import { configFault, type ConfigPlace } from './config-fault.js'
import { configLine, splitArguments, type ConfigLine } from './config-words.js'
import { ALIASES, FILE_LISTS, SINGLE, WITHOUT_EFFECT } from './keywords.js'
import type { FileListKeyword, SingleKeyword } from './keywords.js'
import { judgeMatch } from './match-line.js'
import { matchesList, matchesPatterns } from './patterns.js'
import { checkValue, isProxyJump } from './values.js'

/** What is asked of the configuration. */
export interface ConfigQuestion {
  /** As the user called it. */
  readonly host: string
  /** Named on the command line: they beat every file. */
  readonly user?: string
  readonly port?: number
  readonly proxyJump?: string
  readonly localUser: string
  readonly home: string
}

export interface ConfigFile {
  readonly path: string
  /** The user's own: relative names are below ~/.ssh, `~` is known, and nobody else may be able to write it. */
  readonly owner: 'user' | 'system'
  /** Named by the user: it must be there, and its mode is his affair. */
  readonly named: boolean
}

/** A value and where it came from; without a place it is of the command line. */
export interface Given<T> {
  readonly value: T
  readonly at?: ConfigPlace
}

/** All that the files say of a host, as it stands there. */
export interface RawSettings {
  readonly single: ReadonlyMap<SingleKeyword, Given<string>>
  readonly lists: ReadonlyMap<FileListKeyword, Given<readonly string[]>>
  readonly identityFiles: readonly Given<string>[]
  /** ProxyJump or ProxyCommand, whichever came first. */
  readonly proxy: (Given<string> & { readonly kind: 'jump' | 'command' }) | undefined
  /** The name that is connected to: HostName with its tokens, else the host itself; in small letters. */
  hostName(): string
}

/** Source: openssh readconf.h READCONF_MAX_DEPTH, ssh.h SSH_MAX_IDENTITY_FILES and SSH_MAX_HOSTS_FILES. */
const DEEPEST = 16
const MOST_IDENTITIES = 100
const MOST_HOSTS_FILES = 32
const LARGEST_FILE = 4 * 1024 * 1024

/**
 * Reads what the files say of a host as ssh does: of each setting the first value that applies, IdentityFile all of them.
 * Throws RampartError that names file and line for what ssh would refuse too, and for what we cannot follow.
 * Source: openssh readconf.c and ssh.c, main.
 */
export function readSshConfig(
  question: ConfigQuestion,
  files: readonly ConfigFile[],
  texts = new ConfigTexts(),
): RawSettings {
  const reading = new Reading(question, texts)
  reading.all(files)
  if (reading.wantsFinal) {
    reading.beginFinal()
    reading.all(files)
  }
  return reading
}

/** Files that were read, for many hosts by one look at each. */
export class ConfigTexts {
  private readonly known = new Map<string, readonly (ConfigLine & { readonly line: number })[] | undefined>()

  /** Undefined where there is no such file. */
  lines(file: string, trusted: boolean): readonly (ConfigLine & { readonly line: number })[] | undefined {
    if (!this.known.has(file)) this.known.set(file, read(file, trusted))
    return this.known.get(file)
  }
}

function read(
  file: string,
  trusted: boolean,
): readonly (ConfigLine & { readonly line: number })[] | undefined {
  let text: string
  try {
    const about = statSync(file)
    if (!trusted && ((about.uid !== 0 && about.uid !== process.getuid?.()) || (about.mode & 0o022) !== 0)) {
      throw new RampartError(
        'usage',
        `${file}: others own it or may write it, so ssh does not read it either: chown it and chmod 600 it`,
      )
    }
    if (about.size > LARGEST_FILE)
      throw new RampartError('usage', `${file}: it is too large for a configuration of ssh`)
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof RampartError) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new RampartError('usage', `${file}: ${(error as Error).message}`, { cause: error })
  }
  return text.split('\n').flatMap((raw, index) => {
    const found = configLine(raw)
    return found === undefined ? [] : [{ ...found, line: index + 1 }]
  })
}

/** One reading of the files: what is known so far, and whether the lines apply. */
class Reading implements RawSettings {
  readonly single = new Map<SingleKeyword, Given<string>>()
  readonly lists = new Map<FileListKeyword, Given<readonly string[]>>()
  readonly identityFiles: Given<string>[] = []
  proxy: RawSettings['proxy']
  wantsFinal = false
  private final = false
  private ignored = ''

  constructor(
    private readonly question: ConfigQuestion,
    private readonly texts: ConfigTexts,
  ) {
    const { user, port, proxyJump } = question
    if (user !== undefined) this.single.set('user', { value: user })
    if (port !== undefined) this.single.set('port', { value: String(port) })
    if (proxyJump !== undefined) this.proxy = { kind: 'jump', value: proxyJump }
  }

  all(files: readonly ConfigFile[]): void {
    for (const file of files) {
      const here = { file, never: false, depth: 0 }
      if (!this.file(file.path, here, { applies: true }, file.named || file.owner === 'system') && file.named)
        throw new RampartError('usage', `--ssh-config: there is no file ${file.path}`)
    }
  }

  /** The name is settled now, and `Match final` holds. */
  beginFinal(): void {
    this.single.set('hostname', { value: this.hostName().replaceAll('%', '%%') })
    this.final = true
  }

  hostName(): string {
    return this.host().toLowerCase()
  }

  /** Whether there is such a file. */
  private file(name: string, here: Here, block: Block, trusted: boolean): boolean {
    const lines = this.texts.lines(name, trusted)
    for (const line of lines ?? []) this.line(line, { file: name, line: line.line }, here, block)
    return lines !== undefined
  }

  private line({ keyword: written, rest }: ConfigLine, at: ConfigPlace, here: Here, block: Block): void {
    const keyword = ALIASES[written] ?? written
    if (rest === '') throw configFault(at, `nothing stands behind \`${written}\``)
    if (keyword === 'match') {
      const verdict = judgeMatch(rest, this.facts(), at)
      this.wantsFinal ||= verdict.wantsFinal
      block.applies = verdict.matches && !here.never
      return
    }
    const words = splitArguments(rest)
    if (words === undefined) throw configFault(at, 'a quote is not closed')
    if (keyword === 'host') block.applies = this.hostApplies(words, at) && !here.never
    else if (keyword === 'include') this.include(words, at, here, block)
    else if (keyword === 'ignoreunknown') {
      if (block.applies && this.ignored === '') this.ignored = words[0] ?? ''
    } else this.setting(keyword, rest, words, at, block.applies)
  }

  private setting(
    keyword: string,
    rest: string,
    words: readonly string[],
    at: ConfigPlace,
    applies: boolean,
  ): void {
    if (isOneOf(SINGLE, keyword)) {
      const value = checkValue(keyword, words, at)
      if (applies && value !== undefined && !this.single.has(keyword)) this.single.set(keyword, { value, at })
    } else if (isOneOf(FILE_LISTS, keyword)) {
      this.fileList(keyword, words, at, applies)
    } else if (keyword === 'identityfile') {
      const [value = ''] = words
      if (value === '' || words.length > 1) throw configFault(at, 'IdentityFile takes the name of one file')
      if (applies && !this.identityFiles.some((each) => each.value === value)) {
        if (this.identityFiles.length >= MOST_IDENTITIES)
          throw configFault(at, 'there are too many IdentityFiles')
        this.identityFiles.push({ value, at })
      }
    } else if (keyword === 'proxyjump' || keyword === 'proxycommand') {
      const kind = keyword === 'proxyjump' ? 'jump' : 'command'
      const value = rest.replace(/^[ \t\r\n=]+/, '')
      if (kind === 'jump' && !isProxyJump(value))
        throw configFault(at, `\`${value}\` is no ProxyJump: [user@]host[:port], with commas`)
      if (applies) this.proxy ??= { kind, value, at }
    } else if (!WITHOUT_EFFECT.has(keyword) && !matchesList(keyword, this.ignored, { anyCase: true })) {
      throw configFault(
        at,
        `\`${keyword}\` is unknown. Where your ssh knows it, name it in IgnoreUnknown, or give another file by --ssh-config`,
      )
    }
  }

  private fileList(
    keyword: FileListKeyword,
    words: readonly string[],
    at: ConfigPlace,
    applies: boolean,
  ): void {
    if (words.length === 0 || words.includes('')) throw configFault(at, `${keyword} takes names of files`)
    if (words.length > 1 && words.some((word) => word.toLowerCase() === 'none'))
      throw configFault(at, `${keyword}: \`none\` must stand alone`)
    if (words.length > MOST_HOSTS_FILES) throw configFault(at, `${keyword}: there are too many files`)
    if (applies && !this.lists.has(keyword)) this.lists.set(keyword, { value: words, at })
  }

  private hostApplies(words: readonly string[], at: ConfigPlace): boolean {
    if (words.length === 0 || words.includes('')) throw configFault(at, 'Host takes names and patterns')
    return matchesPatterns(this.question.host, words)
  }

  private include(words: readonly string[], at: ConfigPlace, here: Here, block: Block): void {
    if (words.length === 0 || words.includes('')) throw configFault(at, 'Include takes names of files')
    if (here.depth >= DEEPEST) throw configFault(at, `more than ${DEEPEST} files include one another`)
    for (const word of words) {
      for (const name of this.included(word, at, here)) {
        const inner: Here = { file: here.file, never: here.never || !block.applies, depth: here.depth + 1 }
        // What a file says of Host and Match ends with it.
        this.file(name, inner, { applies: block.applies }, false)
      }
    }
  }

  private included(word: string, at: ConfigPlace, { file }: Here): readonly string[] {
    if (/\$\{|%/.test(word))
      throw configFault(at, `Include \`${word}\`: variables and tokens in it are not supported`)
    if (word.startsWith('~') && file.owner === 'system')
      throw configFault(at, 'Include: `~` is for the files of users')
    if (/^~[^/]/.test(word))
      throw configFault(at, `Include \`${word}\`: homes of other users are not supported`)
    const base = file.owner === 'user' ? path.join(this.question.home, '.ssh') : '/etc/ssh'
    const full = word.startsWith('~')
      ? path.join(this.question.home, word.slice(1))
      : path.resolve(base, word)
    if (!/[*?[]/.test(full)) return [full]
    return globSync(full, {
      cwd: '/',
      absolute: true,
      onlyFiles: false,
      expandDirectories: false,
      braceExpansion: false,
      extglob: false,
      globstar: false,
    }).sort()
  }

  private facts() {
    const { host, localUser } = this.question
    const user = this.single.get('user')?.value ?? localUser
    return { originalHost: host, host: this.host(), user, localUser, final: this.final }
  }

  private host(): string {
    const given = this.single.get('hostname')
    if (given === undefined) return this.question.host
    return given.value.replace(/%(.?)/g, (_whole, token: string) => {
      if (token === '%') return '%'
      if (token === 'h') return this.question.host
      const what = `HostName knows %h and %% alone, not \`%${token}\``
      throw given.at === undefined ? new RampartError('usage', what) : configFault(given.at, what)
    })
  }
}

/** Where a line stands: of whose file, below an Include that does not apply, how deep. */
interface Here {
  readonly file: ConfigFile
  readonly never: boolean
  readonly depth: number
}

/** Whether the lines of the present Host or Match apply. */
interface Block {
  applies: boolean
}

function isOneOf<T extends string>(words: readonly T[], word: string): word is T {
  return (words as readonly string[]).includes(word)
}
