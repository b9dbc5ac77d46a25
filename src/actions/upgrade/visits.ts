/** The visit of a node in a stage. Ids begin with the stage: `1.36/worker-7/drain`. */
export function visitOf(id: string, node: string): string {
  return `${id.split('/')[0] ?? ''} ${node}`
}

/** Control-plane nodes take as long as one another, and workers too. */
export function kindOf(role: string): string {
  return role === 'worker' ? 'worker' : 'control-plane'
}
