import type { AdmissionWebhook } from '../../kube/index.js'
import type { Fix, JsonPath, JsonValue, KubeObject } from '../../model/index.js'
import { withPrecondition } from '../precondition.js'

/** A change of one field of a webhook: an edit where it comes from a manifest, advice while its precondition is open. */
export function changeWebhook(
  configuration: KubeObject,
  webhook: AdmissionWebhook,
  path: JsonPath,
  value: JsonValue,
  words: { readonly text: string; readonly needs: string; readonly breaks: string },
): Fix {
  const fix: Fix = {
    text: words.text,
    edits:
      configuration.source === 'manifest'
        ? [
            {
              file: configuration.slice.file,
              object: configuration.ref,
              op: 'set',
              path: [...webhook.path, ...path],
              value,
            },
          ]
        : [],
    commands: [],
    risk: 'traffic',
    needs: [],
    breaks: words.breaks,
  }
  return withPrecondition(fix, words.needs)
}
