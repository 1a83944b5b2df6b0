print("wikiguard-ingest: nothing is built yet")
