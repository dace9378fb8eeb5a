export declare const debian: string
export declare function mirror(): string | undefined
