import type { ApiClient } from './api-client.js'
import { apiError } from './api-error.js'
import { textLines } from './text-lines.js'

/** The lines of an answer that is text, as of /metrics. Throws ApiError for every status but 200. */
export async function* answerLines(client: Pick<ApiClient, 'request'>, path: string): AsyncGenerator<string> {
  const answer = await client.request({ path, headers: { accept: 'text/plain' } })
  if (answer.status !== 200) {
    answer.message.destroy()
    throw apiError(answer.status, '', `GET ${path}`)
  }
  yield* textLines(answer.body)
}
