import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import { collect } from '../inputs.js'
import { table } from '../table.js'

interface Options {
  readonly baseUrl: string
  readonly arch?: string[]
  readonly os: string
  readonly file?: string[]
  readonly dir: string
  readonly rekorUrl?: string
  readonly sbomUrl?: string
  readonly timeout: number
  readonly output?: 'json'
}

/** `rampart verify fetch VERSION`: the one part of verify that asks servers. */
export function registerVerifyFetch(verify: Command, context: CommandContext): void {
  verify
    .command('fetch')
    .description(
      'collect checksums and signatures of a Kubernetes release into one manifest, for use offline',
    )
    .argument('<version>', 'the release, as v1.36.2', release)
    .option(
      '--base-url <url>',
      'where releases are published, or a mirror of the same layout',
      address,
      'https://dl.k8s.io/release',
    )
    .option('--arch <name>', 'architecture (may be repeated); amd64 where none is named', names)
    .option('--os <name>', 'operating system', name, 'linux')
    .option(
      '--file <name>',
      'these programs alone (may be repeated); else those of a node and a control plane',
      names,
    )
    .option('--dir <dir>', 'where the manifest is written', '.')
    .option(
      '--rekor-url <url>',
      'search this log of Sigstore for the signing times, as https://rekor.sigstore.dev',
      address,
    )
    .option(
      '--sbom-url <url>',
      "add the images' digests of the release's SBOM, as https://sbom.k8s.io",
      address,
    )
    .addOption(timeOption('--timeout <time>', 'longest time for one request', '30s'))
    .addHelpText('after', HELP)
    .action((version: string, options: Options, command: Command) =>
      run(version, { ...options, ...command.optsWithGlobals() }, context),
    )
}

async function run(version: string, options: Options, { terminal }: CommandContext): Promise<void> {
  const { fetchRelease, RELEASE_BINARIES, writeManifest } = await import('../../verify/index.js')
  const { manifest, missing, notes } = await fetchRelease({
    release: version,
    baseUrl: options.baseUrl,
    architectures: options.arch ?? ['amd64'],
    os: options.os,
    names: options.file ?? RELEASE_BINARIES,
    timeoutMs: options.timeout === 0 ? 600_000 : options.timeout,
    now: new Date(),
    ...(options.rekorUrl === undefined ? {} : { rekorUrl: options.rekorUrl }),
    ...(options.sbomUrl === undefined ? {} : { sbomUrl: options.sbomUrl }),
    onFile: (file) => terminal.progress(`asking for ${file}`),
  })
  terminal.progress('')
  const target = path.join(options.dir, `kubernetes-${version}.json`)
  await writeNew(target, writeManifest(manifest))
  if (options.output === 'json') {
    terminal.out(
      `${JSON.stringify({ manifest: target, files: manifest.files.length, images: manifest.images.length, missing, notes }, undefined, 2)}\n`,
    )
    return
  }
  const rows = manifest.files.map(({ path: file, sha256, sha512, signature }) => [
    file,
    [...(sha256 === undefined ? [] : ['sha256']), ...(sha512 === undefined ? [] : ['sha512'])].join(', '),
    signature?.kind === 'bundle'
      ? 'signature with log entry'
      : signature?.kind === 'pair'
        ? 'signature, signing time not proven'
        : 'unsigned',
  ])
  terminal.out(table(['FILE', 'CHECKSUMS', 'SIGNATURE'], rows))
  for (const file of missing) terminal.out(`not published: ${file}\n`)
  for (const note of notes) terminal.out(`note: ${note}\n`)
  if (options.rekorUrl === undefined && manifest.files.some(({ signature }) => signature?.kind === 'pair'))
    terminal.out(
      'The log was not searched: name it with --rekor-url, and signing times are proven as well.\n',
    )
  terminal.out(`Wrote ${target}; rampart verify --host --manifest ${target} works offline from now on.\n`)
}

/** Writes beside the target and renames; a file that is not one of these manifests is left alone. */
async function writeNew(target: string, text: string): Promise<void> {
  const before = await readFile(target, 'utf8').catch(() => undefined)
  if (before !== undefined && !before.includes('"RampartReleaseManifest"'))
    throw new RampartError(
      'usage',
      `\`${target}\` is there and is no manifest: move it, or name another folder with --dir`,
    )
  const beside = `${target}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(beside, text, { flag: 'wx' })
    await rename(beside, target)
  } catch (error) {
    await rm(beside, { force: true })
    throw new RampartError('unreadable-input', `cannot write \`${target}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

function release(value: string): string {
  const version = /^v?(\d{1,3}\.\d{1,4}\.\d{1,4}(?:-(?:alpha|beta|rc)\.\d{1,3})?)$/.exec(value)?.[1]
  if (version === undefined)
    throw new InvalidArgumentError('It must be a whole version of Kubernetes, as v1.36.2.')
  return `v${version}`
}

function address(value: string): string {
  if (!/^https?:\/\/[^\s/]+/.test(value) || !URL.canParse(value))
    throw new InvalidArgumentError('It must be an address, as https://dl.k8s.io/release.')
  return value
}

/** Programs, architectures and systems become part of an address and of the manifest. */
function name(value: string): string {
  if (!/^[a-z0-9][a-z0-9._-]{0,100}$/i.test(value))
    throw new InvalidArgumentError('It must be a name that is published, as kubelet, amd64 or linux.')
  return value
}

function names(value: string, before: string[] | undefined): string[] {
  return collect(name(value), before)
}

const HELP = `
Asks --base-url alone, and --rekor-url and --sbom-url where you name them; a redirect is followed to a host below the named
one (dl.k8s.io sends to cdn.dl.k8s.io). No program is downloaded.

Examples:
  rampart verify fetch v1.36.2
  rampart verify fetch v1.36.2 --arch amd64 --arch arm64 --rekor-url https://rekor.sigstore.dev
  rampart verify fetch v1.36.2 --base-url https://mirror.example.com/k8s --dir /var/lib/rampart/manifests

Exit codes: 0 collected, 2 wrong usage, or nothing is published under that version, 3 a server did not answer.`
