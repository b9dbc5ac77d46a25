export * from './ask-webhook.js'
export * from './build-review.js'
export * from './read-answer.js'
