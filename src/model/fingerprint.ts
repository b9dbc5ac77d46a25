import { hash } from 'node:crypto'
import type { Target } from './finding.js'
import { formatRef, identityOf } from './object.js'

/** Identity of a target that does not depend on files or positions. */
export function targetIdentity(target: Target): string {
  switch (target.kind) {
    case 'object':
      return `object ${identityOf(target.object)}`
    case 'component':
      return `component ${target.component} ${target.host}`
    case 'host':
      return `host ${target.host}`
    case 'estate':
      return 'estate'
  }
}

/** `Deployment.apps shop/web`, `kubelet on worker-1`, `host cp-1`, `the whole estate`. */
export function targetText(target: Target): string {
  switch (target.kind) {
    case 'object':
      return formatRef(target.object)
    case 'component':
      return target.host === '' ? target.component : `${target.component} on ${target.host}`
    case 'host':
      return `host ${target.host}`
    case 'estate':
      return 'the whole estate'
  }
}

/**
 * 32 hex digits from check, target and the sorted keys of its evidence: a second bad container makes a new
 * fingerprint (it is a new fault), another line number does not. `distinguisher` tells two files apart that
 * hold an object of the same identity.
 */
export function fingerprintOf(
  check: string,
  target: Target,
  keys: readonly string[],
  distinguisher = '',
): string {
  const parts = [check, targetIdentity(target), ...[...new Set(keys)].sort(), distinguisher]
  return hash('sha256', parts.join('\0'), 'hex').slice(0, 32)
}
