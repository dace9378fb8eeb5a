/** Paths from the checkout. */
export declare const testsOfWindows: readonly string[]
