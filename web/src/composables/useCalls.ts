import { operator } from '@/api/operator'
import { useListing } from './useListing'

/** Commands and what became of them; the newest hundred that fit. */
export const useCalls = () => useListing(async ({ text }) => ({ items: (await operator.invocations(text ?? '')).invocations, next: null }))
