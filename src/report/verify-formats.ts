import type { Report } from './report.ts'
import type { VerifyFacts } from './verify-facts.ts'

/** The formats for machines, each loaded when it is asked for. `at`: the time of the run, which JUnit reports name. */
export function verifyFormats(facts: VerifyFacts, at: Date): Required<Pick<Report, 'formats' | 'summary'>> {
  return {
    formats: {
      github: async () => (await import('./github.ts')).formatGithub(facts),
      sarif: async () => (await import('./sarif.ts')).formatSarif(facts),
      junit: async () => (await import('./junit.ts')).formatJunit(facts, at),
      markdown: async () => (await import('./markdown.ts')).formatMarkdown(facts),
    },
    summary: async () => (await import('./github.ts')).formatStepSummary(facts),
  }
}
