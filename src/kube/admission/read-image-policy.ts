import { readDocument, type DocNode, type DocumentPlace, type DocumentRead } from '../../text/index.js'

/** What the ImagePolicyWebhook plug-in does while its webhook does not answer. */
export interface ImagePolicy {
  readonly defaultAllow: boolean
  /** Where that stands, or what it is absent from. */
  readonly place: DocumentPlace
}

/**
 * Reads the configuration of the ImagePolicyWebhook plug-in; it has no kind.
 * Source: kubernetes v1.36.3 plugin/pkg/admission/imagepolicy/{config,admission}.go.
 */
export function readImagePolicy(source: string | DocNode): DocumentRead<ImagePolicy> {
  return readDocument(source, undefined, (config) => {
    const policy = config.map('imagePolicy')
    const place = policy?.placeOf('defaultAllow') ?? config.placeOf()
    return { defaultAllow: policy?.boolean('defaultAllow') ?? false, place }
  })
}
