// ItemStore
