import type { Command } from 'commander'
import type { KubeconfigFiles, KubeconfigPlaces } from '../../kubeconfig/index.js'

/** The option that every command about kubeconfig files has. */
export interface KubeconfigOptions {
  readonly kubeconfig?: string
}

export function addKubeconfigOption(command: Command): Command {
  return command.option(
    '--kubeconfig <file>',
    'this file alone (default: those of $KUBECONFIG, else ~/.kube/config)',
  )
}

/** Where the files are, and how they are read. */
export async function kubeconfigPlaces(
  options: KubeconfigOptions,
): Promise<{ readonly places: KubeconfigPlaces; readonly files: KubeconfigFiles }> {
  const { nodeFiles } = await import('../../kubeconfig/disk/index.js')
  return { places: { explicit: options.kubeconfig, env: process.env }, files: nodeFiles(process.cwd()) }
}
