import type { Finding } from '../../model/index.js'
import { visible } from '../../text/index.js'

/** What to type next: failures are shown in full by the same audit, open questions are explained by their check. */
export function nextCommand(finding: Finding, command: string): string {
  const check = visible(finding.check)
  return finding.result === 'fail'
    ? `${visible(command)} --check ${check} --all`
    : `rampart checks show ${check}`
}
