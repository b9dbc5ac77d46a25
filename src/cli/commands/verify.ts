import type { Command } from 'commander'
import { RampartError, type Estate } from '../../model/index.js'
import type { VerifyEntry, VerifyState } from '../../verify/index.js'
import { addClusterOptions, namesCluster } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { addHostOptions, collect, oneOf, readInputs, type InputOptions } from '../inputs.js'
import { verifyText } from '../verify/verify-text.js'
import { registerVerifyFetch } from './verify-fetch.js'

interface Options extends InputOptions {
  readonly manifest?: string[]
  readonly checksums?: string[]
  readonly bundle?: string
  readonly pods?: string[]
  readonly trustRoot?: string
  readonly identity: string
  readonly issuer: string
  readonly require: 'checksum' | 'signature'
  readonly askVersion?: boolean
  readonly output: 'text' | 'json'
}

/** `rampart verify [file...]` and `rampart verify fetch VERSION`. */
export function registerVerify(program: Command, context: CommandContext): void {
  const verify = program
    .command('verify')
    .description("whether the platform's programs are what was published: checksums and Sigstore signatures")
    .argument('[file...]', 'programs; their checksums and signatures are looked for beside them')
  addClusterOptions(addHostOptions(verify), { impersonation: false })
    .option('--manifest <file>', 'a manifest that `rampart verify fetch` wrote (may be repeated)', collect)
    .option(
      '--checksums <file>',
      'a list: .sha256, SHA256SUMS, a Kubernetes CHANGELOG, an SPDX document (may be repeated)',
      collect,
    )
    .option('--bundle <file>', 'the Sigstore bundle of the one file that is named')
    .option('--pods <file>', 'pods (kubectl get pods -o json) whose image digests are compared', collect)
    .option('--trust-root <file>', "a trusted_root.json in place of that of Sigstore's public instance")
    .option(
      '--identity <name>',
      'who has to have signed, exactly',
      'krel-staging@k8s-releng-prod.iam.gserviceaccount.com',
    )
    .option('--issuer <url>', 'and who has to have vouched for it, exactly', 'https://accounts.google.com')
    .option(
      '--require <what>',
      'what is good enough for exit code 0: checksum or signature',
      oneOf(['checksum', 'signature']),
      'checksum',
    )
    .option('--ask-version', 'run programs of this machine that do not say their version otherwise')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json']), 'text')
    .addHelpText('after', HELP)
    .action((files: string[], options: Options) => run(files, options, context))
  registerVerifyFetch(verify, context)
}

async function run(files: readonly string[], options: Options, context: CommandContext): Promise<void> {
  const { terminal } = context
  const ofHosts = options.host === true || (options.hostRoot?.length ?? 0) > 0
  if (files.length === 0 && !ofHosts && options.pods === undefined && !namesCluster(options))
    throw new RampartError(
      'usage',
      'nothing to verify: name programs, this machine with --host, a host root with --host-root DIR, or pods with --pods FILE (see --help)',
    )
  if (options.bundle !== undefined && files.length !== 1)
    throw new RampartError('usage', '--bundle belongs to one program: name exactly one')
  const verify = await import('../../verify/index.js')
  const { diskFs } = await import('../../sources/index.js')
  const root =
    options.trustRoot === undefined
      ? verify.publishedTrustRoot()
      : verify.readTrustRoot(await verify.readText(options.trustRoot), options.trustRoot)
  const references = await verify.readReferences([...(options.manifest ?? []), ...(options.checksums ?? [])])
  const estate = await estateOf(options, context, ofHosts)
  const entries = await verify.verifyPlatform({
    files,
    hosts: (estate?.hosts ?? []).map((host) => ({ host, fs: diskFs(host.root) })),
    objects: estate?.objects ?? [],
    references,
    policy: { identity: options.identity, issuer: options.issuer },
    root,
    ...(options.bundle === undefined
      ? {}
      : { bundle: { text: await verify.readText(options.bundle), from: options.bundle } }),
    ...(options.askVersion === true ? { askVersion: true } : {}),
    onProgress: terminal.progress,
  })
  terminal.progress('')
  if (entries.length === 0)
    throw new RampartError(
      'no-input',
      'no program of a Kubernetes or Docker platform was found, and no image of one',
    )
  const basis = { trustRoot: root.described, identity: options.identity, issuer: options.issuer }
  if (options.output === 'json')
    terminal.out((await import('../verify/verify-json.js')).verifyJson(entries, basis))
  else terminal.out(verifyText(entries, verify.STATE_WORDS, basis, tooLittle(entries, options.require)))
  context.setExit(exitOf(entries, options.require))
}

async function estateOf(
  options: Options,
  context: CommandContext,
  ofHosts: boolean,
): Promise<Estate | undefined> {
  if (!ofHosts && options.pods === undefined && !namesCluster(options)) return undefined
  return readInputs(options.pods ?? [], { ...options, allowEmpty: true }, context)
}

const GOOD: Readonly<Record<Options['require'], readonly VerifyState[]>> = {
  checksum: ['verified', 'checksum-only', 'unsigned', 'time-not-proven'],
  signature: ['verified'],
}
const OPEN: readonly VerifyState[] = ['unknown-version', 'no-reference', 'not-checked']

/** How many are good enough, but for what is required. */
function tooLittle(entries: readonly VerifyEntry[], require: Options['require']): number {
  return entries.filter(({ state }) => GOOD.checksum.includes(state) && !GOOD[require].includes(state)).length
}

/** A mismatch first; else what could not be told is no all-clear. */
function exitOf(entries: readonly VerifyEntry[], require: Options['require']): number {
  const bad = entries.some(({ state }) => !GOOD[require].includes(state) && !OPEN.includes(state))
  if (bad) return EXIT.findings
  return entries.some(({ state }) => OPEN.includes(state)) ? EXIT.unreachable : EXIT.ok
}

const HELP = `
Nothing is contacted and nothing is run: what a program is, is read from its bytes. Signatures are verified offline against
the trust root of Sigstore's public instance, and have to be of the identity and issuer that sign Kubernetes releases.

Examples:
  rampart verify fetch v1.36.2                                  collect checksums and signatures, once, online
  rampart verify --host --manifest kubernetes-v1.36.2.json      this machine, offline
  rampart verify --host-root /mnt/node --checksums SHA256SUMS   a mounted disk
  rampart verify ./kubelet                                      with kubelet.sha256, kubelet.sigstore.json ... beside it
  rampart verify --pods pods.json --checksums release.spdx      images by digest

Exit codes: 0 all as published, 1 a mismatch (or less than --require), 2 wrong usage or unreadable input, 3 no mismatch, and
some could not be told: no reference, unknown version, not checked.`
