import type { Edit, Finding, Fix } from '../../src/model/index.js'

/** A fix with edits of values, or with what is given. */
export function fixWith(parts: Partial<Fix> = {}): Fix {
  return { text: 'Do it.', edits: [], commands: [], risk: 'none', needs: [], ...parts }
}

/** A failure of a check with a fix, as an audit tells it. */
export function findingWith(check: string, fix?: Fix, parts: Partial<Finding> = {}): Finding {
  return {
    check,
    result: 'fail',
    title: `title of ${check}`,
    severity: 'medium',
    because: 'it is',
    reach: 'host',
    target: { kind: 'host', host: 'node' },
    message: `${check} is there`,
    why: 'why',
    evidence: [],
    references: [],
    fingerprint: `fingerprint of ${check}`,
    ...(fix === undefined ? {} : { fix }),
    ...parts,
  }
}

/** An edit of a host's file. */
export function editOf(
  file: string,
  op: Edit['op'],
  path: Edit['path'],
  value?: NonNullable<Edit['value']>,
): Edit {
  return { host: 'node', file, op, path, ...(value === undefined ? {} : { value }) }
}
