import { readExplanations } from '../../findings/explanations.ts'
import type { ReportedFacts } from '../../verify/reported-facts.ts'
import type { Report } from '../report.ts'

interface Sources {
  /** The time of the run, for JUnit. */
  at: Date
  /** Reads a file of the package; see `Context.shipped`. */
  shipped(path: string): string | undefined
}

/** The formats for machines, each loaded when it is requested. */
export function verifyFormats(
  facts: ReportedFacts,
  { at, shipped }: Sources,
): Required<Pick<Report, 'formats' | 'summary'>> {
  return {
    formats: {
      github: async () => (await import('./github.ts')).formatGithub(facts),
      sarif: async () => (await import('./sarif.ts')).formatSarif(facts, readExplanations(shipped)),
      junit: async () => (await import('./junit.ts')).formatJunit(facts, at),
      markdown: async () => (await import('./markdown.ts')).formatMarkdown(facts),
    },
    summary: async () => (await import('./github.ts')).formatStepSummary(facts),
  }
}
