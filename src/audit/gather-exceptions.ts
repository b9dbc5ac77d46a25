import { checks as catalogue, type AnyCheck } from '../checks/index.js'
import type { AuditException, Estate } from '../model/index.js'
import { matchesGlob } from '../text/index.js'
import { annotationExceptions, type AnnotatedException } from './annotation-exceptions.js'
import type { HeldException } from './exception-book.js'
import { scopeText } from './exception-words.js'
import type { AuditRules } from './run.js'
import type { Targeted } from './subjects.js'

/** What says itself that an exception is wrong or over: no exception silences these. */
export const OF_EXCEPTIONS = 'exception-*'

/** The exceptions of an audit: those that hold, and all of them as subjects of checks. */
export function gatherExceptions(
  estate: Estate,
  checks: readonly AnyCheck[],
  { exceptions = [], annotations = true, neverAccept = [] }: AuditRules,
  now: number,
): { readonly held: readonly HeldException[]; readonly subjects: readonly Targeted<'exception'>[] } {
  const never = [OF_EXCEPTIONS, ...neverAccept]
  const annotated = annotations
    ? annotationExceptions(estate, idsOf([...catalogue, ...checks])).map((each) => refused(each, never))
    : []
  return {
    held: [
      ...exceptions.map((exception) => ({ exception })),
      ...annotated.flatMap(({ exception, object, faults }) =>
        faults.length === 0 ? [{ exception, carrier: object }] : [],
      ),
    ],
    subjects: [
      ...exceptions.map((exception) => configured(exception, now)),
      ...annotated.map((each) => carried(each, now)),
    ],
  }
}

function idsOf(checks: readonly AnyCheck[]): Map<string, string> {
  return new Map(
    checks.flatMap(({ id, aliases = [] }) => [id, ...aliases].map((name) => [name, id] as const)),
  )
}

function refused(annotated: AnnotatedException, never: readonly string[]): AnnotatedException {
  const { check } = annotated.exception
  if (!never.some((pattern) => matchesGlob(pattern, check))) return annotated
  return { ...annotated, faults: [...annotated.faults, `\`${check}\` may not be accepted by an annotation`] }
}

function configured(exception: AuditException, now: number): Targeted<'exception'> {
  const { check, scope, until, place, object } = exception
  return {
    target: { kind: 'estate' },
    subject: {
      check,
      covers: scopeText(scope, object),
      until,
      origin: { kind: 'file', ...place },
      faults: [],
      now,
    },
  }
}

function carried(
  { exception, object, path, until, faults }: AnnotatedException,
  now: number,
): Targeted<'exception'> {
  return {
    target: { kind: 'object', object: object.ref },
    subject: {
      check: exception.check,
      covers: scopeText(exception.scope, object.ref),
      until,
      origin: { kind: 'object', object, path },
      faults,
      now,
    },
  }
}
