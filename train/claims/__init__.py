"""Training the reader of claims: which words are cues, who speaks, what is said, and whom a speaker's word stands for."""
