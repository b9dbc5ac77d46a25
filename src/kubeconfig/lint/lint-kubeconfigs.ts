import { lintCertificates } from './certificate-rules.js'
import { lintConnections } from './connection-rules.js'
import { lintCredentials } from './credential-rules.js'
import { lintFields } from './field-rules.js'
import { openLintFile, type KubeconfigIssue, type LintWorld } from './lint-file.js'
import { lintPermissions } from './permission-rules.js'
import { lintPlugins } from './plugin-rules.js'
import { lintReferences } from './reference-rules.js'

/**
 * What is wrong with kubeconfig files, or worth knowing before they are used, in the order of files and lines. The files
 * may be anybody's: they are read, and the certificates that they name; nothing in them is run, nobody is contacted.
 */
export function lintKubeconfigs(
  texts: readonly { readonly file: string; readonly text: string }[],
  world: LintWorld,
): KubeconfigIssue[] {
  const issues: KubeconfigIssue[] = []
  const files = texts.flatMap(({ file, text }) => openLintFile(file, text, world, issues) ?? [])
  for (const file of files) {
    lintPermissions(file)
    lintConnections(file)
    lintCredentials(file)
    lintCertificates(file)
    lintPlugins(file)
    lintFields(file)
  }
  lintReferences(files)
  const order = new Map(texts.map(({ file }, index) => [file, index]))
  return issues.sort((a, b) => (order.get(a.file) ?? 0) - (order.get(b.file) ?? 0) || a.line - b.line)
}
