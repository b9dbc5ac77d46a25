import type { Command } from 'commander'
import type { Setup, SetupFile, SetupOptions } from '../../actions/kubeadm/index.js'
import { RampartError } from '../../model/index.js'
import { visible } from '../../text/index.js'
import type { CommandContext } from '../command-context.js'
import { collect, oneOf } from '../inputs.js'

interface ConfigOptions {
  readonly hardened?: boolean
  readonly kubernetesVersion: string
  readonly controlPlaneEndpoint: string
  readonly topology: string
  readonly join: string
  readonly etcdEndpoint?: string[]
  readonly criSocket?: string
  readonly advertiseAddress?: string
  readonly podSubnet?: string
  readonly serviceSubnet?: string
  readonly imageRepository?: string
  readonly out?: string
  readonly dryRun?: boolean
  readonly output: 'text' | 'json'
}

/** `rampart kubeadm config --hardened`: the configuration of a new cluster, each line with its reason. */
export function registerKubeadm(program: Command, context: CommandContext): void {
  program
    .command('kubeadm')
    .description('new clusters with kubeadm: a hardened configuration')
    .command('config')
    .description('write the configuration files of a hardened cluster, each line with its reason')
    .option(
      '--hardened',
      "what this command makes; kubeadm's own defaults: kubeadm config print init-defaults",
    )
    .requiredOption('--kubernetes-version <version>', 'the version to install, with its patch: v1.36.3')
    .requiredOption(
      '--control-plane-endpoint <host:port>',
      'the name of the control plane for ever: of the load balancer, or of the one node',
    )
    .option(
      '--topology <shape>',
      'single, stacked (several nodes with etcd) or external (etcd elsewhere)',
      'single',
    )
    .option('--etcd-endpoint <url>', 'of an etcd elsewhere: https://HOST:2379 (may be repeated)', collect)
    .option('--join <way>', 'how machines come to know the cluster: token or file', 'token')
    .option('--cri-socket <socket>', 'of the container runtime (default: that of containerd)')
    .option('--advertise-address <ip>', 'of the first node (default: kubeadm finds it)')
    .option('--pod-subnet <cidr>', 'for pods, as the network plug-in asks')
    .option('--service-subnet <cidr>', "for services (default: kubeadm's 10.96.0.0/12)")
    .option('--image-repository <name>', 'where images come from (default: registry.k8s.io)')
    .option('--out <dir>', 'write the files into this new or empty folder; without, show them')
    .option('--dry-run', 'show the files and write nothing')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action((options: ConfigOptions) => run(options, context))
}

const HELP = `
Keys and tokens are made on this machine when the folder is written. They are in its files (mode 0600) and nowhere
else: they are never printed, and nothing is sent anywhere.

Examples:
  rampart kubeadm config --hardened --kubernetes-version v1.36.3 --control-plane-endpoint api.example.org:6443
  rampart kubeadm config --hardened --kubernetes-version v1.36.3 --control-plane-endpoint api.example.org:6443 \\
      --topology stacked --out ./cluster`

async function run(options: ConfigOptions, { terminal }: CommandContext): Promise<void> {
  if (options.hardened !== true) {
    throw new RampartError(
      'usage',
      'only hardened configurations are made here: add --hardened (the defaults are printed by kubeadm config print init-defaults)',
    )
  }
  const { readSetupRequest, planSetup, makeSecrets, SECRETS_NOT_MADE, writeSetup } =
    await import('../../actions/kubeadm/index.js')
  const request = readSetupRequest(setupOptions(options))
  const written = options.out !== undefined && options.dryRun !== true ? options.out : undefined
  const setup = planSetup(request, written === undefined ? SECRETS_NOT_MADE : makeSecrets())
  if (written !== undefined) await writeSetup(written, setup.files)
  terminal.out(options.output === 'json' ? json(setup, written) : text(setup, written))
}

function setupOptions(options: ConfigOptions): SetupOptions {
  const { kubernetesVersion, controlPlaneEndpoint, topology, join, etcdEndpoint } = options
  const { criSocket, advertiseAddress, podSubnet, serviceSubnet, imageRepository } = options
  return {
    kubernetesVersion,
    controlPlaneEndpoint,
    topology,
    joinBy: join,
    ...(etcdEndpoint === undefined ? {} : { etcdEndpoints: etcdEndpoint }),
    ...(criSocket === undefined ? {} : { criSocket }),
    ...(advertiseAddress === undefined ? {} : { advertiseAddress }),
    ...(podSubnet === undefined ? {} : { podSubnet }),
    ...(serviceSubnet === undefined ? {} : { serviceSubnet }),
    ...(imageRepository === undefined ? {} : { imageRepository }),
  }
}

/** The files with their text where nothing was written; else where they are. Text with keys in it stays in its file. */
function json({ files, remains }: Setup, written: string | undefined): string {
  const listed = files.map(({ path, mode, secret, text }) => ({
    path,
    mode: modeText(mode),
    secret,
    ...(written === undefined ? { text } : {}),
  }))
  return `${JSON.stringify({ folder: written ?? null, files: listed, remains }, undefined, 2)}\n`
}

function text({ files, remains }: Setup, written: string | undefined): string {
  const left = remains.map(({ what, why }) => `  - ${what}:\n    ${why}`)
  if (written === undefined) {
    return `${files.map((file) => `${heading(file)}\n\n${file.text}`).join('\n')}\nNothing was written: name a folder with --out DIR.\n`
  }
  const width = Math.max(...files.map(({ path }) => path.length))
  const lines = files.map(
    ({ path, mode, secret }) =>
      `  ${path.padEnd(width)}  ${modeText(mode)}${secret ? '  holds a key or token' : ''}`,
  )
  return [
    `Written to ${visible(written)}:`,
    ...lines,
    '',
    'Next: STEPS.md in it, from copying the files to the first join.',
    '',
    'What stays open, and why:',
    ...left,
    '',
  ].join('\n')
}

function heading({ path, mode, secret }: SetupFile): string {
  return `===== ${path} (${modeText(mode)}${secret ? ', holds a key or token' : ''})`
}

function modeText(mode: number): string {
  return `0${mode.toString(8)}`
}
