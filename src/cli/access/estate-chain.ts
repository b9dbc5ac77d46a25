import path from 'node:path'
import type {
  AuthorizationFlag,
  ChainConfig,
  ChainParts,
  FileState,
  GivenFlag,
  GivenFlags,
} from '../../access/index.js'
import type { ComponentView } from '../../effective/index.js'
import { RampartError, type Estate, type FilePlace, type Setting } from '../../model/index.js'
import { refuse } from './chain-errors.js'
import type { ChosenChain } from './chain-options.js'
import { policyParts } from './policy-parts.js'

/** The chain of the API server that was read, else the usual one. */
export async function chainOfEstate(estate: Estate, ask: boolean): Promise<ChosenChain> {
  const views = await apiservers(estate)
  const [first, ...others] = views
  if (first === undefined) return usual('no API server was read')
  const chain = await chainOfView(first, estate, ask)
  const different = []
  for (const other of others) {
    if (!sameFlags(first, other)) different.push(other.host)
  }
  if (different.length === 0) return chain
  const { origin } = chain.config
  const detail = `${origin.detail}; the flags of ${different.join(', ')} differ`
  return { ...chain, config: { ...chain.config, origin: { ...origin, detail } } }
}

/** Estates of manifests alone have none, and need not load what finds them. */
async function apiservers(estate: Estate): Promise<readonly ComponentView[]> {
  const possible =
    estate.hosts.length > 0 ||
    estate.objects.some(
      ({ ref }) =>
        (ref.kind === 'Pod' && ref.name.includes('apiserver')) ||
        (ref.kind === 'ConfigMap' && ref.name === 'kubeadm-config'),
    )
  return possible ? (await import('../../effective/index.js')).apiserversOf(estate) : []
}

async function usual(because: string): Promise<ChosenChain> {
  const { USUAL_CHAIN, chainOfFlags, parseAuthorizationFlags } = await import('../../access/index.js')
  const { given } = parseAuthorizationFlags(['--authorization-mode=Node,RBAC'])
  const config = chainOfFlags(given, '').config as ChainConfig
  const origin = { kind: 'assumed', detail: `assumed, since ${because}` } as const
  return { specs: USUAL_CHAIN, config: { ...config, origin } }
}

async function chainOfView(view: ComponentView, estate: Estate, ask: boolean): Promise<ChosenChain> {
  const access = await import('../../access/index.js')
  const [gap] = view.config.gaps
  if (gap !== undefined) return usual(gap.detail)
  const given = await givenFlags(view)
  const whose = `${view.command?.described ?? 'kube-apiserver'} on ${view.host}`
  const configFile = access.configFileOf(given)
  let config: ChainConfig | undefined
  if (configFile === '') {
    const read = access.chainOfFlags(given, `the flags of ${whose}`)
    refuse(read.errors, `the flags of ${whose}`)
    ;({ config } = read)
  } else {
    refuse(access.configFileErrors(given), `the flags of ${whose}`)
    const found = view.file?.(configFile)
    if (found?.text === undefined) return usual(`${whose} names \`${configFile}\`, which was not read`)
    config = await configOfFile(found.text, found.path, view, ask)
    const policyFile = access.policyFileOf(given)
    if (policyFile !== '') config = { ...config, abacPolicyFile: policyFile }
  }
  if (config === undefined) return usual(`the flags of ${whose} say nothing`)
  const parts: ChainParts = {
    ...(await policyParts(config, (file) => policyText(view, file, whose), '--authorization-policy-file')),
    ...(ask ? { askers: await askersOf(config, view, estate) } : {}),
  }
  const minor = minorOf(view)
  const { featureGatesOf } = await import('./feature-gates.js')
  const featureGates = featureGatesOf(view)
  return {
    specs: access.specsOfChain(config, parts),
    config,
    featureGates,
    ...(minor === undefined ? {} : { minor }),
  }
}

async function configOfFile(
  text: string,
  file: string,
  view: ComponentView,
  ask: boolean,
): Promise<ChainConfig> {
  const { readAuthorizationConfiguration } = await import('../../access/index.js')
  // A copy of some files of a host says nothing of those that are not in it.
  const stateOf = (name: string): FileState => {
    const type = view.file?.(name)?.type
    return type === undefined || type === 'symlink' ? undefined : type === 'file' ? 'regular' : 'notRegular'
  }
  const read = readAuthorizationConfiguration(text, file, ask ? { stateOf } : {})
  const place = (at: FilePlace): FilePlace => ({ ...at, host: view.host })
  refuse(
    read.errors.map((error) => ({ ...error, place: place(error.place) })),
    `\`${file}\` of ${view.host}`,
  )
  const config = read.config as ChainConfig
  const detail = `\`--authorization-config\` of ${view.command?.described ?? 'kube-apiserver'} on ${view.host}`
  return { ...config, origin: { kind: 'file', detail, place: place({ file }) } }
}

/** The flags about the chain that were given, each with the line that gives it. */
async function givenFlags(view: ComponentView): Promise<GivenFlags> {
  const { AUTHORIZATION_FLAGS } = await import('../../access/index.js')
  const names: readonly string[] = AUTHORIZATION_FLAGS
  return new Map(
    view.config.settings
      .filter(({ setting, source }) => names.includes(setting) && source.kind === 'flag')
      .map((setting) => [setting.setting as AuthorizationFlag, givenFlag(setting, view.host)] as const),
  )
}

function givenFlag({ setting, value, source }: Setting, host: string): GivenFlag {
  const { file, line, column } = source
  if (file === undefined || line === undefined) return { value, place: { file: `--${setting}` } }
  return { value, place: { file, host, line, ...(column === undefined ? {} : { column }) } }
}

function policyText(view: ComponentView, file: string, whose: string): string {
  const text = view.file?.(file)?.text
  if (text !== undefined) return text
  throw new RampartError(
    'unreachable',
    `what ABAC allows is not known: the policy file \`${file}\` of ${whose} was not read; name the chain with --authorization-mode and --authorization-policy-file`,
  )
}

/** Kubeconfig files are read where the host's files are; those of a snapshot are nowhere. */
async function askersOf(config: ChainConfig, view: ComponentView, estate: Estate) {
  const { webhookAskers } = await import('./webhook-askers.js')
  const onDisk = estate.sources.some(({ kind, name }) => kind === 'host' && name === view.host)
  return webhookAskers(config, (file) => {
    const found = view.file?.(file)
    const root = view.machine?.root
    return found === undefined || root === undefined || !onDisk ? undefined : path.join(root, found.path)
  })
}

function sameFlags(one: ComponentView, other: ComponentView): boolean {
  const text = (view: ComponentView): string =>
    JSON.stringify(
      view.config.settings
        .filter(({ setting }) => setting.startsWith('authoriz'))
        .map(({ setting, value }) => [setting, value]),
    )
  return text(one) === text(other)
}

function minorOf({ version }: ComponentView): number | undefined {
  const minor = version.known ? /^v?1\.(\d{1,3})(?:\D|$)/.exec(version.value)?.[1] : undefined
  return minor === undefined ? undefined : Number(minor)
}
