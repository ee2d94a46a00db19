"""Why receipts differ: the waterfall, the sentence, the table by member and by week."""
