import type { EstateInput, InlineFile } from '../../model/index.js'

/** A node with CRI-O: the lines of `[crio.runtime]`, and further files. */
export function crioWith(runtime: string, files: Readonly<Record<string, InlineFile>> = {}): EstateInput {
  return {
    hosts: {
      'node-1': { files: { '/etc/crio/crio.conf': `[crio]\n\n[crio.runtime]\n${runtime}\n`, ...files } },
    },
  }
}

/** A node whose drop-in cannot be parsed. */
export const BROKEN = crioWith('', { '/etc/crio/crio.conf.d/10-site.conf': '[crio.runtime\n' })
