"""Statistics and the sentences that say them: frames and plain values in, result frames and words out."""
