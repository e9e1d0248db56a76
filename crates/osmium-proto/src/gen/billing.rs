//! Subscriptions: products, payment, credit for others, gifts.
//!
//! Amounts are in the smallest unit of their currency, such as cents. A billing period is a name
//! such as "monthly".
//!
//! Made by `cargo xtask codegen` from `proto/billing.proto`. Do not edit.

/// `billing.getProducts -> billing.Products`
///
/// Lists what can be bought.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetProducts {}
/// Answers billing.getProducts.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Products {
    #[prost(message, repeated, tag = "1")]
    pub products: ::prost::alloc::vec::Vec<Product>,
    #[prost(message, repeated, tag = "2")]
    pub credit_offers: ::prost::alloc::vec::Vec<CreditOffer>,
}
/// A plan that can be subscribed to.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct Product {
    #[prost(string, tag = "1")]
    pub plan: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub name: ::prost::alloc::string::String,
    #[prost(message, repeated, tag = "3")]
    pub prices: ::prost::alloc::vec::Vec<ProductPrice>,
}
/// What a plan costs for one period.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ProductPrice {
    #[prost(string, tag = "1")]
    pub billing_period: ::prost::alloc::string::String,
    #[prost(uint64, tag = "2")]
    pub amount_minor: u64,
    /// Three letters, as in ISO 4217.
    #[prost(string, tag = "3")]
    pub currency: ::prost::alloc::string::String,
}
/// A stretch of a plan that can be bought once and given away.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreditOffer {
    #[prost(string, tag = "1")]
    pub id: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub product_id: ::prost::alloc::string::String,
    /// Absent: one billing period.
    #[prost(uint32, optional, tag = "3")]
    pub duration_days: ::core::option::Option<u32>,
    #[prost(uint64, tag = "4")]
    pub amount_minor: u64,
    #[prost(string, tag = "5")]
    pub currency: ::prost::alloc::string::String,
}
/// `billing.requestPaymentLink -> billing.PaymentLink`
///
/// Begins a payment for a subscription.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RequestPaymentLink {
    /// Where the payment page leads when it is done.
    #[prost(string, tag = "1")]
    pub redirect_url: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub plan: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub billing_period: ::prost::alloc::string::String,
}
/// `billing.purchaseCredit -> billing.PaymentLink`
///
/// Begins a payment for a credit.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct PurchaseCredit {
    /// Where the payment page leads when it is done.
    #[prost(string, tag = "1")]
    pub redirect_url: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub plan: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub billing_period: ::prost::alloc::string::String,
    /// The CreditOffer.
    #[prost(string, tag = "4")]
    pub offer_id: ::prost::alloc::string::String,
}
/// Answers billing.requestPaymentLink and billing.purchaseCredit.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct PaymentLink {
    /// The page to pay at. Absent: nothing is left to pay.
    #[prost(string, optional, tag = "1")]
    pub url: ::core::option::Option<::prost::alloc::string::String>,
}
/// `billing.getSubscription -> billing.Subscription`
///
/// Shows the caller's subscription.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetSubscription {}
/// Answers billing.getSubscription.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct Subscription {
    #[prost(bool, tag = "1")]
    pub active: bool,
    /// Unix milliseconds.
    #[prost(fixed64, optional, tag = "2")]
    pub since: ::core::option::Option<u64>,
    /// Unix milliseconds.
    #[prost(uint64, optional, tag = "3")]
    pub next_renewal_date: ::core::option::Option<u64>,
    /// Of the card that pays.
    #[prost(string, optional, tag = "4")]
    pub last_card_digits: ::core::option::Option<::prost::alloc::string::String>,
    /// How it is paid.
    #[prost(string, optional, tag = "5")]
    pub method: ::core::option::Option<::prost::alloc::string::String>,
    /// Unix milliseconds; set when it will not renew.
    #[prost(uint64, optional, tag = "6")]
    pub end_date: ::core::option::Option<u64>,
}
/// `billing.cancelSubscription -> ()`
///
/// Lets the subscription end with its period.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CancelSubscription {}
/// `billing.getInventory -> billing.InventoryList`
///
/// Lists the credits that the caller has bought or been given.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GetInventory {}
/// Answers billing.getInventory.
#[derive(Clone, PartialEq, ::prost::Message)]
pub struct InventoryList {
    #[prost(message, repeated, tag = "1")]
    pub items: ::prost::alloc::vec::Vec<InventoryItem>,
}
/// A credit of the caller's.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct InventoryItem {
    /// snowflake: InventoryItem
    #[prost(fixed64, tag = "1")]
    pub id: u64,
    #[prost(string, tag = "2")]
    pub product_id: ::prost::alloc::string::String,
    #[prost(string, tag = "3")]
    pub billing_period: ::prost::alloc::string::String,
    /// Unix milliseconds.
    #[prost(uint64, tag = "4")]
    pub created_at: u64,
    /// Unix milliseconds. Absent: not used yet.
    #[prost(uint64, optional, tag = "5")]
    pub redeemed_at: ::core::option::Option<u64>,
    /// Set while a gift link is out.
    #[prost(string, optional, tag = "6")]
    pub gift_code: ::core::option::Option<::prost::alloc::string::String>,
    /// Unix seconds.
    #[prost(uint64, optional, tag = "7")]
    pub gift_expires_at: ::core::option::Option<u64>,
    #[prost(uint32, optional, tag = "8")]
    pub duration_days: ::core::option::Option<u32>,
    /// Whether it is what the caller's subscription runs on.
    #[prost(bool, tag = "9")]
    pub active: bool,
}
/// `billing.redeemInventoryItem -> ()`
///
/// Uses a credit for oneself.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RedeemInventoryItem {
    /// snowflake: InventoryItem
    #[prost(fixed64, tag = "1")]
    pub item_id: u64,
}
/// `billing.createGiftLink -> billing.GiftLink`
///
/// Makes a link by which someone else can take the credit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct CreateGiftLink {
    /// snowflake: InventoryItem
    #[prost(fixed64, tag = "1")]
    pub item_id: u64,
}
/// Answers billing.createGiftLink.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct GiftLink {
    #[prost(string, tag = "1")]
    pub gift_code: ::prost::alloc::string::String,
    /// Unix seconds.
    #[prost(uint64, tag = "2")]
    pub expires_at: u64,
}
/// `billing.revokeGiftLink -> ()`
///
/// Takes a gift link back.
#[derive(Clone, Copy, PartialEq, Eq, Hash, ::prost::Message)]
pub struct RevokeGiftLink {
    /// snowflake: InventoryItem
    #[prost(fixed64, tag = "1")]
    pub item_id: u64,
}
/// `billing.claimGift -> billing.ClaimedGift`
///
/// Takes a credit by its gift link.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ClaimGift {
    #[prost(string, tag = "1")]
    pub gift_code: ::prost::alloc::string::String,
}
/// Answers billing.claimGift.
#[derive(Clone, PartialEq, Eq, Hash, ::prost::Message)]
pub struct ClaimedGift {
    #[prost(string, tag = "1")]
    pub product_id: ::prost::alloc::string::String,
    #[prost(string, tag = "2")]
    pub billing_period: ::prost::alloc::string::String,
    #[prost(uint32, optional, tag = "3")]
    pub duration_days: ::core::option::Option<u32>,
}
