/**
 * Whether a verb is one of constrained impersonation. Who may act as whom is only granted by a policy that names the
 * verb: one that names none was written before there were such verbs.
 * Source: KEP-5284, "Constrained impersonation", on by default in Kubernetes 1.36.
 */
export function isConstrainedImpersonation(verb: string): boolean {
  return /^impersonate(?:-on)?:/.test(verb)
}
