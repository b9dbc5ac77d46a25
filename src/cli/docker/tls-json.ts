import type { DockerTlsPlan, ProbedDaemon } from '../../actions/docker-tls/index.js'
import type { RunOutcome } from '../../actions/journal/index.js'
import { lineDiff } from '../../kubeconfig/index.js'
import { maskLine } from '../../text/index.js'

/** How a plan was carried out. */
export interface CarriedOut {
  readonly outcome: RunOutcome & { readonly run: string }
  readonly probes: readonly ProbedDaemon[]
}

/**
 * A plan, and how it went, as JSON after `schemas/docker-tls.schema.json`. Of configuration files there are the masked
 * lines that change: what else stands in them (a proxy's password, say) is nobody's business who reads a plan.
 */
export function dockerTlsJson(plan: DockerTlsPlan, done?: CarriedOut): string {
  return `${JSON.stringify({ plan: planJson(plan), ...(done === undefined ? {} : { ...done }) }, undefined, 2)}\n`
}

function planJson(plan: DockerTlsPlan) {
  const { action, certificates, folders, files, changes, validate, restart } = plan
  const { daemon, authorityFolder, revoked, notes, next } = plan
  const { configFile, certFolder, socket, endpoints, before } = daemon
  return {
    action,
    daemon: { configFile, certFolder, socket, endpoints, before },
    authorityFolder,
    certificates,
    folders,
    files: files.map(({ path, mode, what }) => ({ path, mode, what })),
    changes: changes.map((change) => ({
      path: change.path,
      new: change.before === undefined,
      diff: lineDiff(change.before ?? '', change.after).map(maskLine),
    })),
    validate,
    restart,
    revoked,
    notes,
    next,
  }
}
