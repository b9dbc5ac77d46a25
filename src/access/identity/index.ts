export * from './subject-user.js'
