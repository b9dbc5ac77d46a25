import { Command } from 'commander'
import { VERSION } from '../version.js'
import { registerAccessMatrix } from './commands/access-matrix.js'
import { registerApiResources } from './commands/api-resources.js'
import { registerApiserver } from './commands/apiserver.js'
import { registerAudit } from './commands/audit.js'
import { registerBaseline } from './commands/baseline.js'
import { registerCanI } from './commands/can-i.js'
import { registerCerts } from './commands/certs.js'
import { registerChecks } from './commands/checks.js'
import { registerCompletion } from './commands/completion.js'
import { registerCordon } from './commands/cordon.js'
import { registerDiff } from './commands/diff.js'
import { registerDocker } from './commands/docker.js'
import { registerDoctor } from './commands/doctor.js'
import { registerDrain } from './commands/drain.js'
import { registerEscalations } from './commands/escalations.js'
import { registerExplainAccess } from './commands/explain-access.js'
import { registerFix } from './commands/fix.js'
import { registerKubeadm } from './commands/kubeadm.js'
import { registerKubeconfig } from './commands/kubeconfig.js'
import { registerKubelet } from './commands/kubelet.js'
import { registerPodSecurity } from './commands/pod-security.js'
import { registerPortForward } from './commands/port-forward.js'
import { registerProbe } from './commands/probe.js'
import { registerProxy } from './commands/proxy.js'
import { registerRbac } from './commands/rbac.js'
import { registerServe } from './commands/serve.js'
import { registerSnapshot } from './commands/snapshot.js'
import { registerUpgrade } from './commands/upgrade.js'
import { registerVerify } from './commands/verify.js'
import { registerWhoCan } from './commands/who-can.js'
import type { CommandContext } from './command-context.js'
import { plainTerminal } from './plain-terminal.js'
import type { Terminal } from './terminal.js'

/** All commands with their options; what they need to run is loaded when they run. */
export function buildProgram(terminal: Terminal, setExit: (code: number) => void): Command {
  const program = new Command('rampart')
  const context: CommandContext = { terminal, setExit }
  const plain: CommandContext = { terminal: plainTerminal(terminal), setExit }
  program
    .description(
      'Hardens Kubernetes clusters and Docker hosts: what is exposed, the evidence, the exact fix.',
    )
    .version(VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .option('--debug', 'show where an unexpected error happened')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride()
    .addHelpText('after', EXAMPLES)
  program.commandsGroup('Main commands:')
  registerAudit(program, context)
  registerCanI(program, plain)
  registerWhoCan(program, plain)
  registerFix(program, plain)
  registerUpgrade(program, plain)
  program.commandsGroup('Access:')
  registerExplainAccess(program, plain)
  registerEscalations(program, plain)
  registerDiff(program, plain)
  registerAccessMatrix(program, plain)
  registerRbac(program, plain)
  registerServe(program, context)
  program.commandsGroup('Hosts:')
  registerDocker(program, context)
  registerKubelet(program, context)
  registerApiserver(program, context)
  registerVerify(program, plain)
  registerCerts(program, plain)
  program.commandsGroup('Clusters:')
  registerKubeconfig(program, context)
  registerProbe(program, context)
  registerSnapshot(program, context)
  registerProxy(program, context)
  registerPortForward(program, context)
  registerDrain(program, plain)
  registerCordon(program, plain)
  registerKubeadm(program, plain)
  program.commandsGroup('More:')
  registerDoctor(program, context)
  registerBaseline(program, context)
  registerPodSecurity(program, plain)
  registerApiResources(program, context)
  registerChecks(program, plain)
  registerCompletion(program, context)
  program.helpCommand('help [command]', 'show help for a command')
  return program
}

const EXAMPLES = `
Examples:
  rampart audit ./manifests                     what is exposed in these files
  kubectl get all -A -o json | rampart audit -  the same for an export
  rampart audit --context prod                  the same for a running cluster
  rampart audit --host                          this machine's kubelet and Docker daemon
  rampart can-i get pods --as bob -f rbac/       may he, and through what
  rampart who-can delete nodes --context prod   who may, in a running cluster
  rampart fix --host                            what would change here; --apply carries it out, or puts it back
  rampart upgrade plan --to 1.37 --context prod  the way there, with commands, checks and ways back

Exit codes: 0 nothing found (or yes), 1 findings (or no), 2 usage or no readable input, 3 unreachable or
not allowed, 4 failed and rolled back, 5 failed and not rolled back.`
