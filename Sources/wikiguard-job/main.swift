print("wikiguard-job: nothing is built yet")
