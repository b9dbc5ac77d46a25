import type { ApiClient } from '../client/index.js'
import { RampartError } from '../model/index.js'
import { issueCertificate, issueToken, type MintedCredential } from './issue-credential.js'
import type { MintRequest } from './mint-request.js'
import { objectPath, type PlannedObject } from './plan-mint.js'

/**
 * Makes what was planned, then the credential. Where anything fails, all that was made goes again: nothing is left half
 * done. `keep` stores the credential; its failure counts too.
 */
export async function applyMint(
  client: ApiClient,
  request: MintRequest,
  planned: readonly PlannedObject[],
  keep: (credential: MintedCredential) => Promise<void>,
): Promise<MintedCredential> {
  const made: string[] = []
  try {
    for (const each of planned) {
      await client.sendJson(each.path, each.object)
      made.push(objectPath(each))
    }
    const credential =
      request.subject.kind === 'person'
        ? await issueCertificate(client, request, (path) => void made.push(path))
        : await issueToken(client, request.subject, request.life)
    await keep(credential)
    return credential
  } catch (error) {
    if (made.length === 0) throw error
    await undo(client, made, error)
    const message = `${(error as Error).message}\nEverything that was made is taken away again.`
    throw new RampartError('rolled-back', message, { cause: error })
  }
}

async function undo(client: ApiClient, made: readonly string[], cause: unknown): Promise<void> {
  const left: string[] = []
  for (const path of [...made].reverse()) {
    try {
      await client.json({ method: 'DELETE', path })
    } catch (error) {
      left.push(`${path}: ${(error as Error).message}`)
    }
  }
  if (left.length === 0) return
  const message = `${(cause as Error).message}\nThis was made and could not be taken away:\n  ${left.join('\n  ')}`
  throw new RampartError('not-rolled-back', message, { cause })
}
